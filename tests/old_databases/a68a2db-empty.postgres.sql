--
-- PostgreSQL database dump
--


-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: release_is_frozen(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.release_is_frozen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'a release is never changed'; END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: agreement; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.agreement (
    id character varying(60) NOT NULL,
    participant character varying(64) NOT NULL,
    organisation_id character varying(60) NOT NULL,
    wijk_code character varying(8) NOT NULL,
    wijk_edition smallint NOT NULL,
    started_on date NOT NULL,
    ended_on date,
    hours_per_week numeric(4,1) NOT NULL,
    activity character varying(20) NOT NULL,
    CONSTRAINT ck_agreement_activity CHECK (((activity)::text = ANY ((ARRAY['groen'::character varying, 'reparatie'::character varying, 'welzijn'::character varying, 'sport'::character varying, 'horeca'::character varying, 'administratie'::character varying, 'overig'::character varying])::text[]))),
    CONSTRAINT ck_agreement_hours CHECK (((hours_per_week > (0)::numeric) AND (hours_per_week <= (40)::numeric))),
    CONSTRAINT ck_agreement_order CHECK (((ended_on IS NULL) OR (ended_on >= started_on)))
);


--
-- Name: allowance; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.allowance (
    id character varying(60) NOT NULL,
    participant character varying(64) NOT NULL,
    organisation_id character varying(60) NOT NULL,
    wijk_code character varying(8) NOT NULL,
    wijk_edition smallint NOT NULL,
    paid_on date NOT NULL,
    amount_cents bigint NOT NULL,
    CONSTRAINT ck_allowance_amount CHECK ((amount_cents > 0))
);


--
-- Name: closed_period; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.closed_period (
    gemeente_code character varying(6) NOT NULL,
    quarter character varying(7) NOT NULL,
    closed_on date NOT NULL
);


--
-- Name: contract; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contract (
    id character varying(60) NOT NULL,
    gemeente_code character varying(6) NOT NULL,
    name character varying(160) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    taakveld character varying(8) DEFAULT '6.5'::character varying NOT NULL,
    CONSTRAINT ck_contract_order CHECK ((ends_on > starts_on))
);


--
-- Name: contract_financier; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contract_financier (
    contract_id character varying(60) NOT NULL,
    financier_id character varying(60) NOT NULL,
    share numeric(6,5) NOT NULL,
    ceiling_cents bigint NOT NULL,
    CONSTRAINT ck_contract_financier_ceiling CHECK ((ceiling_cents > 0)),
    CONSTRAINT ck_contract_financier_share CHECK (((share > (0)::numeric) AND (share <= (1)::numeric)))
);


--
-- Name: contract_outcome; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.contract_outcome (
    contract_id character varying(60) NOT NULL,
    outcome_id character varying(60) NOT NULL,
    tariff_cents bigint NOT NULL,
    agreed integer NOT NULL,
    CONSTRAINT ck_contract_outcome_agreed CHECK ((agreed > 0)),
    CONSTRAINT ck_contract_outcome_tariff CHECK ((tariff_cents > 0))
);


--
-- Name: coverage; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.coverage (
    organisation_id character varying(60) NOT NULL,
    subject character varying(20) NOT NULL,
    quarter character varying(7) NOT NULL,
    delivered_on date,
    CONSTRAINT ck_coverage_subject CHECK (((subject)::text = ANY ((ARRAY['vrijwilligers'::character varying, 'ladder'::character varying, 'uitstroom'::character varying, 'resultaten'::character varying, 'besteding'::character varying, 'vergoedingen'::character varying])::text[])))
);


--
-- Name: delivery; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.delivery (
    id integer NOT NULL,
    checksum character varying(64) NOT NULL,
    name character varying(200) NOT NULL,
    sample boolean NOT NULL,
    loaded_at timestamp with time zone NOT NULL
);


--
-- Name: delivery_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.delivery_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: delivery_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.delivery_id_seq OWNED BY public.delivery.id;


--
-- Name: financier; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.financier (
    id character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(20) NOT NULL,
    CONSTRAINT ck_financier_kind CHECK (((kind)::text = ANY ((ARRAY['gemeente'::character varying, 'fonds'::character varying, 'corporatie'::character varying, 'rijk'::character varying, 'overig'::character varying])::text[])))
);


--
-- Name: gemeente; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.gemeente (
    code character varying(6) NOT NULL,
    name character varying(100) NOT NULL,
    residents integer,
    figures_on date,
    figures_source text DEFAULT ''::text NOT NULL,
    CONSTRAINT ck_gemeente_code CHECK (((code)::text ~~ 'GM____'::text)),
    CONSTRAINT ck_gemeente_residents CHECK (((residents IS NULL) OR (residents >= 0)))
);


--
-- Name: ladder_reading; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ladder_reading (
    id character varying(60) NOT NULL,
    participant character varying(64) NOT NULL,
    organisation_id character varying(60) NOT NULL,
    wijk_code character varying(8) NOT NULL,
    wijk_edition smallint NOT NULL,
    read_on date NOT NULL,
    level smallint NOT NULL,
    CONSTRAINT ck_ladder_reading_level CHECK (((level >= 1) AND (level <= 6)))
);


--
-- Name: organisation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.organisation (
    id character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(20) NOT NULL,
    gemeente_code character varying(6) NOT NULL,
    founded_year smallint,
    description text DEFAULT ''::text NOT NULL,
    invented boolean NOT NULL,
    CONSTRAINT ck_organisation_kind CHECK (((kind)::text = ANY ((ARRAY['wijkbedrijf'::character varying, 'sociaal_bedrijf'::character varying, 'overig'::character varying])::text[])))
);


--
-- Name: organisation_wijk; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.organisation_wijk (
    organisation_id character varying(60) NOT NULL,
    wijk_code character varying(8) NOT NULL,
    wijk_edition smallint NOT NULL
);


--
-- Name: outcome; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outcome (
    id character varying(60) NOT NULL,
    name_nl character varying(160) NOT NULL,
    name_en character varying(160) NOT NULL,
    definition_nl text NOT NULL,
    definition_en text NOT NULL,
    unit_nl character varying(80) NOT NULL,
    unit_en character varying(80) NOT NULL,
    determined_by_nl character varying(160) NOT NULL,
    determined_by_en character varying(160) NOT NULL,
    validation_nl text NOT NULL,
    validation_en text NOT NULL
);


--
-- Name: participant; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.participant (
    pseudonym character varying(64) NOT NULL
);


--
-- Name: placement; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.placement (
    id character varying(60) NOT NULL,
    participant character varying(64) NOT NULL,
    organisation_id character varying(60) NOT NULL,
    wijk_code character varying(8) NOT NULL,
    wijk_edition smallint NOT NULL,
    started_on date NOT NULL,
    ended_on date,
    hours_per_week numeric(4,1) NOT NULL,
    kind character varying(30) NOT NULL,
    CONSTRAINT ck_placement_hours CHECK (((hours_per_week > (0)::numeric) AND (hours_per_week <= (60)::numeric))),
    CONSTRAINT ck_placement_kind CHECK (((kind)::text = ANY ((ARRAY['paid_without_support'::character varying, 'paid_with_support'::character varying, 'self_employed'::character varying])::text[]))),
    CONSTRAINT ck_placement_order CHECK (((ended_on IS NULL) OR (ended_on >= started_on)))
);


--
-- Name: pub_amount; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_amount (
    release integer NOT NULL,
    "row" integer NOT NULL,
    gemeente_code character varying(6) NOT NULL,
    quarter character varying(7) NOT NULL,
    year smallint NOT NULL,
    area_code character varying(8) NOT NULL,
    organisation_id character varying(60) NOT NULL,
    taakveld character varying(8) NOT NULL,
    financier_id character varying(60) NOT NULL,
    nature character varying(12) NOT NULL,
    money_ends_on date,
    outcome character varying(30) NOT NULL,
    kind character varying(16) NOT NULL,
    cents bigint NOT NULL
);


--
-- Name: pub_area; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_area (
    release integer NOT NULL,
    area_code character varying(8) NOT NULL,
    level character varying(10) NOT NULL,
    gemeente_code character varying(6) NOT NULL,
    edition smallint,
    name character varying(120) NOT NULL,
    residents integer,
    households integer,
    bijstand integer,
    figures_on date,
    figures_source text NOT NULL,
    longitude numeric(9,6),
    latitude numeric(9,6),
    schematic boolean NOT NULL,
    geometry text,
    geometry_source text NOT NULL
);


--
-- Name: pub_cell; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_cell (
    release integer NOT NULL,
    gemeente_code character varying(6) NOT NULL,
    measure character varying(60) NOT NULL,
    period character varying(7) NOT NULL,
    area_code character varying(8) NOT NULL,
    organisation_id character varying(60) NOT NULL,
    item character varying(130) NOT NULL,
    category character varying(40) NOT NULL,
    value integer,
    status character varying(12) NOT NULL,
    reason character varying(20) NOT NULL,
    CONSTRAINT pub_cell_status CHECK ((((status)::text = 'published'::text) = (value IS NOT NULL)))
);


--
-- Name: pub_contract; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_contract (
    release integer NOT NULL,
    contract_id character varying(60) NOT NULL,
    gemeente_code character varying(6) NOT NULL,
    name character varying(160) NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL
);


--
-- Name: pub_contract_financier; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_contract_financier (
    release integer NOT NULL,
    contract_id character varying(60) NOT NULL,
    financier_id character varying(60) NOT NULL,
    share numeric(6,5) NOT NULL,
    ceiling_cents bigint NOT NULL
);


--
-- Name: pub_contract_outcome; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_contract_outcome (
    release integer NOT NULL,
    contract_id character varying(60) NOT NULL,
    outcome_id character varying(60) NOT NULL,
    tariff_cents bigint NOT NULL,
    agreed integer NOT NULL,
    name_nl character varying(160) NOT NULL,
    name_en character varying(160) NOT NULL,
    definition_nl text NOT NULL,
    definition_en text NOT NULL,
    unit_nl character varying(80) NOT NULL,
    unit_en character varying(80) NOT NULL,
    determined_by_nl character varying(160) NOT NULL,
    determined_by_en character varying(160) NOT NULL,
    validation_nl text NOT NULL,
    validation_en text NOT NULL
);


--
-- Name: pub_financier; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_financier (
    release integer NOT NULL,
    financier_id character varying(60) NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(20) NOT NULL
);


--
-- Name: pub_gap; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_gap (
    release integer NOT NULL,
    organisation_id character varying(60) NOT NULL,
    subject character varying(20) NOT NULL,
    quarter character varying(7) NOT NULL,
    gemeente_code character varying(6) NOT NULL,
    delivered_on date
);


--
-- Name: pub_organisation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_organisation (
    release integer NOT NULL,
    organisation_id character varying(60) NOT NULL,
    gemeente_code character varying(6) NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(20) NOT NULL,
    founded_year smallint,
    description text NOT NULL,
    invented boolean NOT NULL,
    wijk_codes text NOT NULL
);


--
-- Name: pub_period; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_period (
    release integer NOT NULL,
    gemeente_code character varying(6) NOT NULL,
    period character varying(7) NOT NULL,
    kind character varying(10) NOT NULL,
    closed_on date NOT NULL
);


--
-- Name: pub_release; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_release (
    number integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    closed_until character varying(7) NOT NULL,
    sample boolean NOT NULL,
    checksum character varying(64) NOT NULL,
    reason_nl text NOT NULL,
    reason_en text NOT NULL,
    widened integer NOT NULL,
    notes text NOT NULL
);


--
-- Name: pub_statement; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_statement (
    release integer NOT NULL,
    id character varying(60) NOT NULL,
    organisation_id character varying(60) NOT NULL,
    stated_on date,
    value integer,
    text_nl text NOT NULL,
    text_en text NOT NULL,
    source text NOT NULL
);


--
-- Name: pub_taakveld; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_taakveld (
    release integer NOT NULL,
    code character varying(8) NOT NULL,
    name character varying(200) NOT NULL
);


--
-- Name: pub_target; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.pub_target (
    release integer NOT NULL,
    indicator character varying(60) NOT NULL,
    area_code character varying(8) NOT NULL,
    period character varying(7) NOT NULL,
    value numeric(14,4) NOT NULL
);


--
-- Name: quarter; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quarter (
    id character varying(7) NOT NULL,
    year smallint NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL,
    CONSTRAINT ck_quarter_order CHECK ((ends_on > starts_on))
);


--
-- Name: result; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.result (
    id character varying(60) NOT NULL,
    contract_id character varying(60) NOT NULL,
    outcome_id character varying(60) NOT NULL,
    participant character varying(64) NOT NULL,
    organisation_id character varying(60) NOT NULL,
    wijk_code character varying(8) NOT NULL,
    wijk_edition smallint NOT NULL,
    claimed_on date NOT NULL,
    judged_on date,
    judged_achieved boolean,
    checked_on date,
    check_passed boolean,
    paid_on date,
    CONSTRAINT ck_result_checked CHECK (((checked_on IS NULL) = (check_passed IS NULL))),
    CONSTRAINT ck_result_checked_order CHECK (((checked_on IS NULL) OR (checked_on >= claimed_on))),
    CONSTRAINT ck_result_judged CHECK (((judged_on IS NULL) = (judged_achieved IS NULL))),
    CONSTRAINT ck_result_judged_order CHECK (((judged_on IS NULL) OR (judged_on >= claimed_on))),
    CONSTRAINT ck_result_paid_only_when_residents_agree CHECK (((paid_on IS NULL) OR ((judged_on IS NOT NULL) AND judged_achieved AND (paid_on >= judged_on))))
);


--
-- Name: rounding_memory; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.rounding_memory (
    measure character varying(60) NOT NULL,
    period character varying(7) NOT NULL,
    wijk_code character varying(8) NOT NULL,
    organisation_id character varying(60) NOT NULL,
    item character varying(130) NOT NULL,
    category character varying(40) NOT NULL,
    true_value integer NOT NULL,
    published integer NOT NULL
);


--
-- Name: spending; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.spending (
    id character varying(60) NOT NULL,
    gemeente_code character varying(6) NOT NULL,
    spent_on date NOT NULL,
    organisation_id character varying(60),
    wijk_code character varying(8),
    wijk_edition smallint,
    taakveld character varying(8) NOT NULL,
    financier_id character varying(60) NOT NULL,
    amount_cents bigint NOT NULL,
    nature character varying(12) NOT NULL,
    money_ends_on date,
    description text DEFAULT ''::text NOT NULL,
    CONSTRAINT ck_spending_amount CHECK ((amount_cents <> 0)),
    CONSTRAINT ck_spending_finite_money_is_incidenteel CHECK (((((nature)::text = 'structureel'::text) AND (money_ends_on IS NULL)) OR (((nature)::text = 'incidenteel'::text) AND (money_ends_on IS NOT NULL)))),
    CONSTRAINT ck_spending_nature CHECK (((nature)::text = ANY ((ARRAY['structureel'::character varying, 'incidenteel'::character varying])::text[]))),
    CONSTRAINT ck_spending_wijk CHECK (((wijk_code IS NULL) = (wijk_edition IS NULL)))
);


--
-- Name: spending_outcome; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.spending_outcome (
    spending_id character varying(60) NOT NULL,
    outcome character varying(30) NOT NULL,
    share numeric(6,5) NOT NULL,
    CONSTRAINT ck_spending_outcome_outcome CHECK (((outcome)::text = ANY ((ARRAY['participation'::character varying, 'step_up'::character varying, 'paid_work'::character varying])::text[]))),
    CONSTRAINT ck_spending_outcome_share CHECK (((share > (0)::numeric) AND (share <= (1)::numeric)))
);


--
-- Name: statement; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.statement (
    id character varying(60) NOT NULL,
    organisation_id character varying(60) NOT NULL,
    stated_on date,
    value integer,
    text_nl text NOT NULL,
    text_en text NOT NULL,
    source text NOT NULL
);


--
-- Name: taakveld; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.taakveld (
    code character varying(8) NOT NULL,
    name character varying(200) NOT NULL,
    first_year smallint NOT NULL,
    last_year smallint NOT NULL
);


--
-- Name: target; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.target (
    indicator character varying(60) NOT NULL,
    area_code character varying(8) NOT NULL,
    period character varying(7) NOT NULL,
    value numeric(14,4) NOT NULL
);


--
-- Name: wijk; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.wijk (
    code character varying(8) NOT NULL,
    edition smallint NOT NULL,
    gemeente_code character varying(6) NOT NULL,
    name character varying(120) NOT NULL,
    residents integer,
    households integer,
    bijstand integer,
    figures_on date,
    figures_source text DEFAULT ''::text NOT NULL,
    longitude numeric(9,6),
    latitude numeric(9,6),
    geometry text,
    schematic boolean DEFAULT false NOT NULL,
    geometry_source text DEFAULT ''::text NOT NULL,
    CONSTRAINT ck_wijk_bijstand CHECK (((bijstand IS NULL) OR (bijstand >= 0))),
    CONSTRAINT ck_wijk_code CHECK (((code)::text ~~ 'WK______'::text)),
    CONSTRAINT ck_wijk_edition CHECK (((edition >= 1995) AND (edition <= 2100))),
    CONSTRAINT ck_wijk_households CHECK (((households IS NULL) OR (households >= 0))),
    CONSTRAINT ck_wijk_residents CHECK (((residents IS NULL) OR (residents >= 0)))
);


--
-- Name: delivery id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delivery ALTER COLUMN id SET DEFAULT nextval('public.delivery_id_seq'::regclass);


--
-- Data for Name: agreement; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: allowance; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: closed_period; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: contract; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: contract_financier; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: contract_outcome; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: coverage; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: delivery; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: financier; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: gemeente; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: ladder_reading; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: organisation; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: organisation_wijk; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: outcome; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: participant; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: placement; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_amount; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_area; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_cell; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_contract; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_contract_financier; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_contract_outcome; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_financier; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_gap; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_organisation; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_period; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_release; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_statement; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_taakveld; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: pub_target; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: quarter; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.quarter VALUES
	('2010-Q1', 2010, '2010-01-01', '2010-03-31'),
	('2010-Q2', 2010, '2010-04-01', '2010-06-30'),
	('2010-Q3', 2010, '2010-07-01', '2010-09-30'),
	('2010-Q4', 2010, '2010-10-01', '2010-12-31'),
	('2011-Q1', 2011, '2011-01-01', '2011-03-31'),
	('2011-Q2', 2011, '2011-04-01', '2011-06-30'),
	('2011-Q3', 2011, '2011-07-01', '2011-09-30'),
	('2011-Q4', 2011, '2011-10-01', '2011-12-31'),
	('2012-Q1', 2012, '2012-01-01', '2012-03-31'),
	('2012-Q2', 2012, '2012-04-01', '2012-06-30'),
	('2012-Q3', 2012, '2012-07-01', '2012-09-30'),
	('2012-Q4', 2012, '2012-10-01', '2012-12-31'),
	('2013-Q1', 2013, '2013-01-01', '2013-03-31'),
	('2013-Q2', 2013, '2013-04-01', '2013-06-30'),
	('2013-Q3', 2013, '2013-07-01', '2013-09-30'),
	('2013-Q4', 2013, '2013-10-01', '2013-12-31'),
	('2014-Q1', 2014, '2014-01-01', '2014-03-31'),
	('2014-Q2', 2014, '2014-04-01', '2014-06-30'),
	('2014-Q3', 2014, '2014-07-01', '2014-09-30'),
	('2014-Q4', 2014, '2014-10-01', '2014-12-31'),
	('2015-Q1', 2015, '2015-01-01', '2015-03-31'),
	('2015-Q2', 2015, '2015-04-01', '2015-06-30'),
	('2015-Q3', 2015, '2015-07-01', '2015-09-30'),
	('2015-Q4', 2015, '2015-10-01', '2015-12-31'),
	('2016-Q1', 2016, '2016-01-01', '2016-03-31'),
	('2016-Q2', 2016, '2016-04-01', '2016-06-30'),
	('2016-Q3', 2016, '2016-07-01', '2016-09-30'),
	('2016-Q4', 2016, '2016-10-01', '2016-12-31'),
	('2017-Q1', 2017, '2017-01-01', '2017-03-31'),
	('2017-Q2', 2017, '2017-04-01', '2017-06-30'),
	('2017-Q3', 2017, '2017-07-01', '2017-09-30'),
	('2017-Q4', 2017, '2017-10-01', '2017-12-31'),
	('2018-Q1', 2018, '2018-01-01', '2018-03-31'),
	('2018-Q2', 2018, '2018-04-01', '2018-06-30'),
	('2018-Q3', 2018, '2018-07-01', '2018-09-30'),
	('2018-Q4', 2018, '2018-10-01', '2018-12-31'),
	('2019-Q1', 2019, '2019-01-01', '2019-03-31'),
	('2019-Q2', 2019, '2019-04-01', '2019-06-30'),
	('2019-Q3', 2019, '2019-07-01', '2019-09-30'),
	('2019-Q4', 2019, '2019-10-01', '2019-12-31'),
	('2020-Q1', 2020, '2020-01-01', '2020-03-31'),
	('2020-Q2', 2020, '2020-04-01', '2020-06-30'),
	('2020-Q3', 2020, '2020-07-01', '2020-09-30'),
	('2020-Q4', 2020, '2020-10-01', '2020-12-31'),
	('2021-Q1', 2021, '2021-01-01', '2021-03-31'),
	('2021-Q2', 2021, '2021-04-01', '2021-06-30'),
	('2021-Q3', 2021, '2021-07-01', '2021-09-30'),
	('2021-Q4', 2021, '2021-10-01', '2021-12-31'),
	('2022-Q1', 2022, '2022-01-01', '2022-03-31'),
	('2022-Q2', 2022, '2022-04-01', '2022-06-30'),
	('2022-Q3', 2022, '2022-07-01', '2022-09-30'),
	('2022-Q4', 2022, '2022-10-01', '2022-12-31'),
	('2023-Q1', 2023, '2023-01-01', '2023-03-31'),
	('2023-Q2', 2023, '2023-04-01', '2023-06-30'),
	('2023-Q3', 2023, '2023-07-01', '2023-09-30'),
	('2023-Q4', 2023, '2023-10-01', '2023-12-31'),
	('2024-Q1', 2024, '2024-01-01', '2024-03-31'),
	('2024-Q2', 2024, '2024-04-01', '2024-06-30'),
	('2024-Q3', 2024, '2024-07-01', '2024-09-30'),
	('2024-Q4', 2024, '2024-10-01', '2024-12-31'),
	('2025-Q1', 2025, '2025-01-01', '2025-03-31'),
	('2025-Q2', 2025, '2025-04-01', '2025-06-30'),
	('2025-Q3', 2025, '2025-07-01', '2025-09-30'),
	('2025-Q4', 2025, '2025-10-01', '2025-12-31'),
	('2026-Q1', 2026, '2026-01-01', '2026-03-31'),
	('2026-Q2', 2026, '2026-04-01', '2026-06-30'),
	('2026-Q3', 2026, '2026-07-01', '2026-09-30'),
	('2026-Q4', 2026, '2026-10-01', '2026-12-31'),
	('2027-Q1', 2027, '2027-01-01', '2027-03-31'),
	('2027-Q2', 2027, '2027-04-01', '2027-06-30'),
	('2027-Q3', 2027, '2027-07-01', '2027-09-30'),
	('2027-Q4', 2027, '2027-10-01', '2027-12-31'),
	('2028-Q1', 2028, '2028-01-01', '2028-03-31'),
	('2028-Q2', 2028, '2028-04-01', '2028-06-30'),
	('2028-Q3', 2028, '2028-07-01', '2028-09-30'),
	('2028-Q4', 2028, '2028-10-01', '2028-12-31'),
	('2029-Q1', 2029, '2029-01-01', '2029-03-31'),
	('2029-Q2', 2029, '2029-04-01', '2029-06-30'),
	('2029-Q3', 2029, '2029-07-01', '2029-09-30'),
	('2029-Q4', 2029, '2029-10-01', '2029-12-31'),
	('2030-Q1', 2030, '2030-01-01', '2030-03-31'),
	('2030-Q2', 2030, '2030-04-01', '2030-06-30'),
	('2030-Q3', 2030, '2030-07-01', '2030-09-30'),
	('2030-Q4', 2030, '2030-10-01', '2030-12-31'),
	('2031-Q1', 2031, '2031-01-01', '2031-03-31'),
	('2031-Q2', 2031, '2031-04-01', '2031-06-30'),
	('2031-Q3', 2031, '2031-07-01', '2031-09-30'),
	('2031-Q4', 2031, '2031-10-01', '2031-12-31'),
	('2032-Q1', 2032, '2032-01-01', '2032-03-31'),
	('2032-Q2', 2032, '2032-04-01', '2032-06-30'),
	('2032-Q3', 2032, '2032-07-01', '2032-09-30'),
	('2032-Q4', 2032, '2032-10-01', '2032-12-31'),
	('2033-Q1', 2033, '2033-01-01', '2033-03-31'),
	('2033-Q2', 2033, '2033-04-01', '2033-06-30'),
	('2033-Q3', 2033, '2033-07-01', '2033-09-30'),
	('2033-Q4', 2033, '2033-10-01', '2033-12-31'),
	('2034-Q1', 2034, '2034-01-01', '2034-03-31'),
	('2034-Q2', 2034, '2034-04-01', '2034-06-30'),
	('2034-Q3', 2034, '2034-07-01', '2034-09-30'),
	('2034-Q4', 2034, '2034-10-01', '2034-12-31'),
	('2035-Q1', 2035, '2035-01-01', '2035-03-31'),
	('2035-Q2', 2035, '2035-04-01', '2035-06-30'),
	('2035-Q3', 2035, '2035-07-01', '2035-09-30'),
	('2035-Q4', 2035, '2035-10-01', '2035-12-31'),
	('2036-Q1', 2036, '2036-01-01', '2036-03-31'),
	('2036-Q2', 2036, '2036-04-01', '2036-06-30'),
	('2036-Q3', 2036, '2036-07-01', '2036-09-30'),
	('2036-Q4', 2036, '2036-10-01', '2036-12-31'),
	('2037-Q1', 2037, '2037-01-01', '2037-03-31'),
	('2037-Q2', 2037, '2037-04-01', '2037-06-30'),
	('2037-Q3', 2037, '2037-07-01', '2037-09-30'),
	('2037-Q4', 2037, '2037-10-01', '2037-12-31'),
	('2038-Q1', 2038, '2038-01-01', '2038-03-31'),
	('2038-Q2', 2038, '2038-04-01', '2038-06-30'),
	('2038-Q3', 2038, '2038-07-01', '2038-09-30'),
	('2038-Q4', 2038, '2038-10-01', '2038-12-31'),
	('2039-Q1', 2039, '2039-01-01', '2039-03-31'),
	('2039-Q2', 2039, '2039-04-01', '2039-06-30'),
	('2039-Q3', 2039, '2039-07-01', '2039-09-30'),
	('2039-Q4', 2039, '2039-10-01', '2039-12-31'),
	('2040-Q1', 2040, '2040-01-01', '2040-03-31'),
	('2040-Q2', 2040, '2040-04-01', '2040-06-30'),
	('2040-Q3', 2040, '2040-07-01', '2040-09-30'),
	('2040-Q4', 2040, '2040-10-01', '2040-12-31'),
	('2041-Q1', 2041, '2041-01-01', '2041-03-31'),
	('2041-Q2', 2041, '2041-04-01', '2041-06-30'),
	('2041-Q3', 2041, '2041-07-01', '2041-09-30'),
	('2041-Q4', 2041, '2041-10-01', '2041-12-31'),
	('2042-Q1', 2042, '2042-01-01', '2042-03-31'),
	('2042-Q2', 2042, '2042-04-01', '2042-06-30'),
	('2042-Q3', 2042, '2042-07-01', '2042-09-30'),
	('2042-Q4', 2042, '2042-10-01', '2042-12-31'),
	('2043-Q1', 2043, '2043-01-01', '2043-03-31'),
	('2043-Q2', 2043, '2043-04-01', '2043-06-30'),
	('2043-Q3', 2043, '2043-07-01', '2043-09-30'),
	('2043-Q4', 2043, '2043-10-01', '2043-12-31'),
	('2044-Q1', 2044, '2044-01-01', '2044-03-31'),
	('2044-Q2', 2044, '2044-04-01', '2044-06-30'),
	('2044-Q3', 2044, '2044-07-01', '2044-09-30'),
	('2044-Q4', 2044, '2044-10-01', '2044-12-31'),
	('2045-Q1', 2045, '2045-01-01', '2045-03-31'),
	('2045-Q2', 2045, '2045-04-01', '2045-06-30'),
	('2045-Q3', 2045, '2045-07-01', '2045-09-30'),
	('2045-Q4', 2045, '2045-10-01', '2045-12-31');


--
-- Data for Name: result; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: rounding_memory; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: spending; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: spending_outcome; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: statement; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: taakveld; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.taakveld VALUES
	('5.1', 'Sportbeleid en activering', 2017, 0),
	('5.2', 'Sportaccommodaties', 2017, 0),
	('6.1', 'Samenkracht en burgerparticipatie', 2017, 0),
	('6.2', 'Toegang en eerstelijnsvoorzieningen (wijkteams)', 2017, 2023),
	('6.21', 'Toegang en eerstelijnsvoorzieningen Wmo', 2023, 0),
	('6.22', 'Toegang en eerstelijnsvoorzieningen jeugd', 2023, 0),
	('6.23', 'Toegang en eerstelijnsvoorzieningen integraal', 2023, 0),
	('6.3', 'Inkomensregelingen', 2017, 0),
	('6.4', 'WSW en beschut werk', 2017, 0),
	('6.5', 'Arbeidsparticipatie', 2017, 0),
	('8.3', 'Wonen en bouwen', 2017, 0);


--
-- Data for Name: target; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: wijk; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Name: delivery_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.delivery_id_seq', 1, false);


--
-- Name: agreement pk_agreement; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT pk_agreement PRIMARY KEY (id);


--
-- Name: allowance pk_allowance; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.allowance
    ADD CONSTRAINT pk_allowance PRIMARY KEY (id);


--
-- Name: closed_period pk_closed_period; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.closed_period
    ADD CONSTRAINT pk_closed_period PRIMARY KEY (gemeente_code, quarter);


--
-- Name: contract pk_contract; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT pk_contract PRIMARY KEY (id);


--
-- Name: contract_financier pk_contract_financier; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract_financier
    ADD CONSTRAINT pk_contract_financier PRIMARY KEY (contract_id, financier_id);


--
-- Name: contract_outcome pk_contract_outcome; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract_outcome
    ADD CONSTRAINT pk_contract_outcome PRIMARY KEY (contract_id, outcome_id);


--
-- Name: coverage pk_coverage; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.coverage
    ADD CONSTRAINT pk_coverage PRIMARY KEY (organisation_id, subject, quarter);


--
-- Name: delivery pk_delivery; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT pk_delivery PRIMARY KEY (id);


--
-- Name: financier pk_financier; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.financier
    ADD CONSTRAINT pk_financier PRIMARY KEY (id);


--
-- Name: gemeente pk_gemeente; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.gemeente
    ADD CONSTRAINT pk_gemeente PRIMARY KEY (code);


--
-- Name: ladder_reading pk_ladder_reading; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ladder_reading
    ADD CONSTRAINT pk_ladder_reading PRIMARY KEY (id);


--
-- Name: organisation pk_organisation; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT pk_organisation PRIMARY KEY (id);


--
-- Name: organisation_wijk pk_organisation_wijk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.organisation_wijk
    ADD CONSTRAINT pk_organisation_wijk PRIMARY KEY (organisation_id, wijk_code, wijk_edition);


--
-- Name: outcome pk_outcome; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outcome
    ADD CONSTRAINT pk_outcome PRIMARY KEY (id);


--
-- Name: participant pk_participant; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.participant
    ADD CONSTRAINT pk_participant PRIMARY KEY (pseudonym);


--
-- Name: placement pk_placement; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.placement
    ADD CONSTRAINT pk_placement PRIMARY KEY (id);


--
-- Name: quarter pk_quarter; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quarter
    ADD CONSTRAINT pk_quarter PRIMARY KEY (id);


--
-- Name: result pk_result; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.result
    ADD CONSTRAINT pk_result PRIMARY KEY (id);


--
-- Name: rounding_memory pk_rounding_memory; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.rounding_memory
    ADD CONSTRAINT pk_rounding_memory PRIMARY KEY (measure, period, wijk_code, organisation_id, item, category);


--
-- Name: spending pk_spending; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.spending
    ADD CONSTRAINT pk_spending PRIMARY KEY (id);


--
-- Name: spending_outcome pk_spending_outcome; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.spending_outcome
    ADD CONSTRAINT pk_spending_outcome PRIMARY KEY (spending_id, outcome);


--
-- Name: statement pk_statement; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.statement
    ADD CONSTRAINT pk_statement PRIMARY KEY (id);


--
-- Name: taakveld pk_taakveld; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.taakveld
    ADD CONSTRAINT pk_taakveld PRIMARY KEY (code);


--
-- Name: target pk_target; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.target
    ADD CONSTRAINT pk_target PRIMARY KEY (indicator, area_code, period);


--
-- Name: wijk pk_wijk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.wijk
    ADD CONSTRAINT pk_wijk PRIMARY KEY (code, edition);


--
-- Name: pub_amount pub_amount_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_amount
    ADD CONSTRAINT pub_amount_pkey PRIMARY KEY (release, "row");


--
-- Name: pub_area pub_area_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_area
    ADD CONSTRAINT pub_area_pkey PRIMARY KEY (release, area_code);


--
-- Name: pub_cell pub_cell_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_cell
    ADD CONSTRAINT pub_cell_pkey PRIMARY KEY (release, gemeente_code, measure, period, area_code, organisation_id, item, category);


--
-- Name: pub_contract_financier pub_contract_financier_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_contract_financier
    ADD CONSTRAINT pub_contract_financier_pkey PRIMARY KEY (release, contract_id, financier_id);


--
-- Name: pub_contract_outcome pub_contract_outcome_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_contract_outcome
    ADD CONSTRAINT pub_contract_outcome_pkey PRIMARY KEY (release, contract_id, outcome_id);


--
-- Name: pub_contract pub_contract_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_contract
    ADD CONSTRAINT pub_contract_pkey PRIMARY KEY (release, contract_id);


--
-- Name: pub_financier pub_financier_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_financier
    ADD CONSTRAINT pub_financier_pkey PRIMARY KEY (release, financier_id);


--
-- Name: pub_gap pub_gap_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_gap
    ADD CONSTRAINT pub_gap_pkey PRIMARY KEY (release, organisation_id, subject, quarter);


--
-- Name: pub_organisation pub_organisation_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_organisation
    ADD CONSTRAINT pub_organisation_pkey PRIMARY KEY (release, organisation_id);


--
-- Name: pub_period pub_period_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_period
    ADD CONSTRAINT pub_period_pkey PRIMARY KEY (release, gemeente_code, period);


--
-- Name: pub_release pub_release_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_release
    ADD CONSTRAINT pub_release_pkey PRIMARY KEY (number);


--
-- Name: pub_statement pub_statement_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_statement
    ADD CONSTRAINT pub_statement_pkey PRIMARY KEY (release, id);


--
-- Name: pub_taakveld pub_taakveld_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_taakveld
    ADD CONSTRAINT pub_taakveld_pkey PRIMARY KEY (release, code);


--
-- Name: pub_target pub_target_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_target
    ADD CONSTRAINT pub_target_pkey PRIMARY KEY (release, indicator, area_code, period);


--
-- Name: delivery uq_delivery_checksum; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.delivery
    ADD CONSTRAINT uq_delivery_checksum UNIQUE (checksum);


--
-- Name: ladder_reading uq_ladder_reading_participant; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ladder_reading
    ADD CONSTRAINT uq_ladder_reading_participant UNIQUE (participant, read_on);


--
-- Name: placement uq_placement_participant; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.placement
    ADD CONSTRAINT uq_placement_participant UNIQUE (participant, started_on);


--
-- Name: quarter uq_quarter_ends_on; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quarter
    ADD CONSTRAINT uq_quarter_ends_on UNIQUE (ends_on);


--
-- Name: ix_agreement_dates; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_dates ON public.agreement USING btree (started_on, ended_on);


--
-- Name: ix_agreement_participant; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_agreement_participant ON public.agreement USING btree (participant);


--
-- Name: ix_allowance_participant; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_allowance_participant ON public.allowance USING btree (participant);


--
-- Name: ix_pub_amount_place; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_pub_amount_place ON public.pub_amount USING btree (release, gemeente_code, year, area_code);


--
-- Name: ix_pub_cell_series; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_pub_cell_series ON public.pub_cell USING btree (release, area_code, organisation_id, measure);


--
-- Name: pub_amount pub_amount_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_amount_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_amount FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_area pub_area_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_area_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_area FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_cell pub_cell_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_cell_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_cell FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_contract_financier pub_contract_financier_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_contract_financier_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_contract_financier FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_contract pub_contract_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_contract_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_contract FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_contract_outcome pub_contract_outcome_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_contract_outcome_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_contract_outcome FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_financier pub_financier_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_financier_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_financier FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_gap pub_gap_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_gap_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_gap FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_organisation pub_organisation_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_organisation_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_organisation FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_period pub_period_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_period_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_period FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_release pub_release_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_release_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_release FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_statement pub_statement_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_statement_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_statement FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_taakveld pub_taakveld_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_taakveld_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_taakveld FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: pub_target pub_target_frozen; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER pub_target_frozen BEFORE DELETE OR UPDATE OR TRUNCATE ON public.pub_target FOR EACH STATEMENT EXECUTE FUNCTION public.release_is_frozen();


--
-- Name: agreement fk_agreement_organisation_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);


--
-- Name: agreement fk_agreement_participant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_participant FOREIGN KEY (participant) REFERENCES public.participant(pseudonym);


--
-- Name: agreement fk_agreement_wijk_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreement
    ADD CONSTRAINT fk_agreement_wijk_code FOREIGN KEY (wijk_code, wijk_edition) REFERENCES public.wijk(code, edition);


--
-- Name: allowance fk_allowance_organisation_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.allowance
    ADD CONSTRAINT fk_allowance_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);


--
-- Name: allowance fk_allowance_participant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.allowance
    ADD CONSTRAINT fk_allowance_participant FOREIGN KEY (participant) REFERENCES public.participant(pseudonym);


--
-- Name: allowance fk_allowance_wijk_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.allowance
    ADD CONSTRAINT fk_allowance_wijk_code FOREIGN KEY (wijk_code, wijk_edition) REFERENCES public.wijk(code, edition);


--
-- Name: closed_period fk_closed_period_gemeente_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.closed_period
    ADD CONSTRAINT fk_closed_period_gemeente_code FOREIGN KEY (gemeente_code) REFERENCES public.gemeente(code);


--
-- Name: closed_period fk_closed_period_quarter; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.closed_period
    ADD CONSTRAINT fk_closed_period_quarter FOREIGN KEY (quarter) REFERENCES public.quarter(id);


--
-- Name: contract_financier fk_contract_financier_contract_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract_financier
    ADD CONSTRAINT fk_contract_financier_contract_id FOREIGN KEY (contract_id) REFERENCES public.contract(id);


--
-- Name: contract_financier fk_contract_financier_financier_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract_financier
    ADD CONSTRAINT fk_contract_financier_financier_id FOREIGN KEY (financier_id) REFERENCES public.financier(id);


--
-- Name: contract fk_contract_gemeente_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT fk_contract_gemeente_code FOREIGN KEY (gemeente_code) REFERENCES public.gemeente(code);


--
-- Name: contract_outcome fk_contract_outcome_contract_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract_outcome
    ADD CONSTRAINT fk_contract_outcome_contract_id FOREIGN KEY (contract_id) REFERENCES public.contract(id);


--
-- Name: contract_outcome fk_contract_outcome_outcome_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract_outcome
    ADD CONSTRAINT fk_contract_outcome_outcome_id FOREIGN KEY (outcome_id) REFERENCES public.outcome(id);


--
-- Name: contract fk_contract_taakveld; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.contract
    ADD CONSTRAINT fk_contract_taakveld FOREIGN KEY (taakveld) REFERENCES public.taakveld(code);


--
-- Name: coverage fk_coverage_organisation_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.coverage
    ADD CONSTRAINT fk_coverage_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);


--
-- Name: coverage fk_coverage_quarter; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.coverage
    ADD CONSTRAINT fk_coverage_quarter FOREIGN KEY (quarter) REFERENCES public.quarter(id);


--
-- Name: ladder_reading fk_ladder_reading_organisation_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ladder_reading
    ADD CONSTRAINT fk_ladder_reading_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);


--
-- Name: ladder_reading fk_ladder_reading_participant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ladder_reading
    ADD CONSTRAINT fk_ladder_reading_participant FOREIGN KEY (participant) REFERENCES public.participant(pseudonym);


--
-- Name: ladder_reading fk_ladder_reading_wijk_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ladder_reading
    ADD CONSTRAINT fk_ladder_reading_wijk_code FOREIGN KEY (wijk_code, wijk_edition) REFERENCES public.wijk(code, edition);


--
-- Name: organisation fk_organisation_gemeente_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.organisation
    ADD CONSTRAINT fk_organisation_gemeente_code FOREIGN KEY (gemeente_code) REFERENCES public.gemeente(code);


--
-- Name: organisation_wijk fk_organisation_wijk_organisation_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.organisation_wijk
    ADD CONSTRAINT fk_organisation_wijk_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);


--
-- Name: organisation_wijk fk_organisation_wijk_wijk_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.organisation_wijk
    ADD CONSTRAINT fk_organisation_wijk_wijk_code FOREIGN KEY (wijk_code, wijk_edition) REFERENCES public.wijk(code, edition);


--
-- Name: placement fk_placement_organisation_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.placement
    ADD CONSTRAINT fk_placement_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);


--
-- Name: placement fk_placement_participant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.placement
    ADD CONSTRAINT fk_placement_participant FOREIGN KEY (participant) REFERENCES public.participant(pseudonym);


--
-- Name: placement fk_placement_wijk_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.placement
    ADD CONSTRAINT fk_placement_wijk_code FOREIGN KEY (wijk_code, wijk_edition) REFERENCES public.wijk(code, edition);


--
-- Name: result fk_result_contract_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.result
    ADD CONSTRAINT fk_result_contract_id FOREIGN KEY (contract_id, outcome_id) REFERENCES public.contract_outcome(contract_id, outcome_id);


--
-- Name: result fk_result_organisation_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.result
    ADD CONSTRAINT fk_result_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);


--
-- Name: result fk_result_participant; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.result
    ADD CONSTRAINT fk_result_participant FOREIGN KEY (participant) REFERENCES public.participant(pseudonym);


--
-- Name: result fk_result_wijk_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.result
    ADD CONSTRAINT fk_result_wijk_code FOREIGN KEY (wijk_code, wijk_edition) REFERENCES public.wijk(code, edition);


--
-- Name: spending fk_spending_financier_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.spending
    ADD CONSTRAINT fk_spending_financier_id FOREIGN KEY (financier_id) REFERENCES public.financier(id);


--
-- Name: spending fk_spending_gemeente_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.spending
    ADD CONSTRAINT fk_spending_gemeente_code FOREIGN KEY (gemeente_code) REFERENCES public.gemeente(code);


--
-- Name: spending fk_spending_organisation_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.spending
    ADD CONSTRAINT fk_spending_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);


--
-- Name: spending_outcome fk_spending_outcome_spending_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.spending_outcome
    ADD CONSTRAINT fk_spending_outcome_spending_id FOREIGN KEY (spending_id) REFERENCES public.spending(id);


--
-- Name: spending fk_spending_taakveld; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.spending
    ADD CONSTRAINT fk_spending_taakveld FOREIGN KEY (taakveld) REFERENCES public.taakveld(code);


--
-- Name: spending fk_spending_wijk_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.spending
    ADD CONSTRAINT fk_spending_wijk_code FOREIGN KEY (wijk_code, wijk_edition) REFERENCES public.wijk(code, edition);


--
-- Name: statement fk_statement_organisation_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.statement
    ADD CONSTRAINT fk_statement_organisation_id FOREIGN KEY (organisation_id) REFERENCES public.organisation(id);


--
-- Name: wijk fk_wijk_gemeente_code; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.wijk
    ADD CONSTRAINT fk_wijk_gemeente_code FOREIGN KEY (gemeente_code) REFERENCES public.gemeente(code);


--
-- Name: pub_amount pub_amount_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_amount
    ADD CONSTRAINT pub_amount_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- Name: pub_area pub_area_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_area
    ADD CONSTRAINT pub_area_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- Name: pub_cell pub_cell_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_cell
    ADD CONSTRAINT pub_cell_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- Name: pub_contract_financier pub_contract_financier_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_contract_financier
    ADD CONSTRAINT pub_contract_financier_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- Name: pub_contract_outcome pub_contract_outcome_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_contract_outcome
    ADD CONSTRAINT pub_contract_outcome_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- Name: pub_contract pub_contract_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_contract
    ADD CONSTRAINT pub_contract_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- Name: pub_financier pub_financier_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_financier
    ADD CONSTRAINT pub_financier_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- Name: pub_gap pub_gap_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_gap
    ADD CONSTRAINT pub_gap_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- Name: pub_organisation pub_organisation_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_organisation
    ADD CONSTRAINT pub_organisation_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- Name: pub_period pub_period_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_period
    ADD CONSTRAINT pub_period_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- Name: pub_statement pub_statement_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_statement
    ADD CONSTRAINT pub_statement_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- Name: pub_taakveld pub_taakveld_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_taakveld
    ADD CONSTRAINT pub_taakveld_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- Name: pub_target pub_target_release_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.pub_target
    ADD CONSTRAINT pub_target_release_fkey FOREIGN KEY (release) REFERENCES public.pub_release(number);


--
-- PostgreSQL database dump complete
--


