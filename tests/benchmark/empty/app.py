"""An empty Streamlit page: what every page is measured against."""

import streamlit as st

st.title("Leeg")
