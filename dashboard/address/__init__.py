"""What an address means: pages, and what a reader chose on one."""
