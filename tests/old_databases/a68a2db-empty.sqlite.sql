BEGIN TRANSACTION;
CREATE TABLE agreement (
	id VARCHAR(60) NOT NULL, 
	participant VARCHAR(64) NOT NULL, 
	organisation_id VARCHAR(60) NOT NULL, 
	wijk_code VARCHAR(8) NOT NULL, 
	wijk_edition SMALLINT NOT NULL, 
	started_on DATE NOT NULL, 
	ended_on DATE, 
	hours_per_week NUMERIC(4, 1) NOT NULL, 
	activity VARCHAR(20) NOT NULL, 
	CONSTRAINT pk_agreement PRIMARY KEY (id), 
	CONSTRAINT fk_agreement_wijk_code FOREIGN KEY(wijk_code, wijk_edition) REFERENCES wijk (code, edition), 
	CONSTRAINT ck_agreement_order CHECK (ended_on IS NULL OR ended_on >= started_on), 
	CONSTRAINT ck_agreement_hours CHECK (hours_per_week > 0 AND hours_per_week <= 40), 
	CONSTRAINT ck_agreement_activity CHECK (activity IN ('groen', 'reparatie', 'welzijn', 'sport', 'horeca', 'administratie', 'overig')), 
	CONSTRAINT fk_agreement_participant FOREIGN KEY(participant) REFERENCES participant (pseudonym), 
	CONSTRAINT fk_agreement_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE TABLE allowance (
	id VARCHAR(60) NOT NULL, 
	participant VARCHAR(64) NOT NULL, 
	organisation_id VARCHAR(60) NOT NULL, 
	wijk_code VARCHAR(8) NOT NULL, 
	wijk_edition SMALLINT NOT NULL, 
	paid_on DATE NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	CONSTRAINT pk_allowance PRIMARY KEY (id), 
	CONSTRAINT fk_allowance_wijk_code FOREIGN KEY(wijk_code, wijk_edition) REFERENCES wijk (code, edition), 
	CONSTRAINT ck_allowance_amount CHECK (amount_cents > 0), 
	CONSTRAINT fk_allowance_participant FOREIGN KEY(participant) REFERENCES participant (pseudonym), 
	CONSTRAINT fk_allowance_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE TABLE closed_period (
	gemeente_code VARCHAR(6) NOT NULL, 
	quarter VARCHAR(7) NOT NULL, 
	closed_on DATE NOT NULL, 
	CONSTRAINT pk_closed_period PRIMARY KEY (gemeente_code, quarter), 
	CONSTRAINT fk_closed_period_gemeente_code FOREIGN KEY(gemeente_code) REFERENCES gemeente (code), 
	CONSTRAINT fk_closed_period_quarter FOREIGN KEY(quarter) REFERENCES quarter (id)
);
CREATE TABLE contract (
	id VARCHAR(60) NOT NULL, 
	gemeente_code VARCHAR(6) NOT NULL, 
	name VARCHAR(160) NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE NOT NULL, 
	taakveld VARCHAR(8) DEFAULT '6.5' NOT NULL, 
	CONSTRAINT pk_contract PRIMARY KEY (id), 
	CONSTRAINT ck_contract_order CHECK (ends_on > starts_on), 
	CONSTRAINT fk_contract_gemeente_code FOREIGN KEY(gemeente_code) REFERENCES gemeente (code), 
	CONSTRAINT fk_contract_taakveld FOREIGN KEY(taakveld) REFERENCES taakveld (code)
);
CREATE TABLE contract_financier (
	contract_id VARCHAR(60) NOT NULL, 
	financier_id VARCHAR(60) NOT NULL, 
	share NUMERIC(6, 5) NOT NULL, 
	ceiling_cents BIGINT NOT NULL, 
	CONSTRAINT pk_contract_financier PRIMARY KEY (contract_id, financier_id), 
	CONSTRAINT ck_contract_financier_share CHECK (share > 0 AND share <= 1), 
	CONSTRAINT ck_contract_financier_ceiling CHECK (ceiling_cents > 0), 
	CONSTRAINT fk_contract_financier_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id), 
	CONSTRAINT fk_contract_financier_financier_id FOREIGN KEY(financier_id) REFERENCES financier (id)
);
CREATE TABLE contract_outcome (
	contract_id VARCHAR(60) NOT NULL, 
	outcome_id VARCHAR(60) NOT NULL, 
	tariff_cents BIGINT NOT NULL, 
	agreed INTEGER NOT NULL, 
	CONSTRAINT pk_contract_outcome PRIMARY KEY (contract_id, outcome_id), 
	CONSTRAINT ck_contract_outcome_tariff CHECK (tariff_cents > 0), 
	CONSTRAINT ck_contract_outcome_agreed CHECK (agreed > 0), 
	CONSTRAINT fk_contract_outcome_contract_id FOREIGN KEY(contract_id) REFERENCES contract (id), 
	CONSTRAINT fk_contract_outcome_outcome_id FOREIGN KEY(outcome_id) REFERENCES outcome (id)
);
CREATE TABLE coverage (
	organisation_id VARCHAR(60) NOT NULL, 
	subject VARCHAR(20) NOT NULL, 
	quarter VARCHAR(7) NOT NULL, 
	delivered_on DATE, 
	CONSTRAINT pk_coverage PRIMARY KEY (organisation_id, subject, quarter), 
	CONSTRAINT ck_coverage_subject CHECK (subject IN ('vrijwilligers', 'ladder', 'uitstroom', 'resultaten', 'besteding', 'vergoedingen')), 
	CONSTRAINT fk_coverage_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT fk_coverage_quarter FOREIGN KEY(quarter) REFERENCES quarter (id)
);
CREATE TABLE delivery (
	id INTEGER NOT NULL, 
	checksum VARCHAR(64) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	sample BOOLEAN NOT NULL, 
	loaded_at DATETIME NOT NULL, 
	CONSTRAINT pk_delivery PRIMARY KEY (id), 
	CONSTRAINT uq_delivery_checksum UNIQUE (checksum)
);
CREATE TABLE financier (
	id VARCHAR(60) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	CONSTRAINT pk_financier PRIMARY KEY (id), 
	CONSTRAINT ck_financier_kind CHECK (kind IN ('gemeente', 'fonds', 'corporatie', 'rijk', 'overig'))
);
CREATE TABLE gemeente (
	code VARCHAR(6) NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	residents INTEGER, 
	figures_on DATE, 
	figures_source TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_gemeente PRIMARY KEY (code), 
	CONSTRAINT ck_gemeente_code CHECK (code LIKE 'GM____'), 
	CONSTRAINT ck_gemeente_residents CHECK (residents IS NULL OR residents >= 0)
);
CREATE TABLE ladder_reading (
	id VARCHAR(60) NOT NULL, 
	participant VARCHAR(64) NOT NULL, 
	organisation_id VARCHAR(60) NOT NULL, 
	wijk_code VARCHAR(8) NOT NULL, 
	wijk_edition SMALLINT NOT NULL, 
	read_on DATE NOT NULL, 
	level SMALLINT NOT NULL, 
	CONSTRAINT pk_ladder_reading PRIMARY KEY (id), 
	CONSTRAINT fk_ladder_reading_wijk_code FOREIGN KEY(wijk_code, wijk_edition) REFERENCES wijk (code, edition), 
	CONSTRAINT uq_ladder_reading_participant UNIQUE (participant, read_on), 
	CONSTRAINT ck_ladder_reading_level CHECK (level BETWEEN 1 AND 6), 
	CONSTRAINT fk_ladder_reading_participant FOREIGN KEY(participant) REFERENCES participant (pseudonym), 
	CONSTRAINT fk_ladder_reading_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE TABLE organisation (
	id VARCHAR(60) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	gemeente_code VARCHAR(6) NOT NULL, 
	founded_year SMALLINT, 
	description TEXT DEFAULT '' NOT NULL, 
	invented BOOLEAN NOT NULL, 
	CONSTRAINT pk_organisation PRIMARY KEY (id), 
	CONSTRAINT ck_organisation_kind CHECK (kind IN ('wijkbedrijf', 'sociaal_bedrijf', 'overig')), 
	CONSTRAINT fk_organisation_gemeente_code FOREIGN KEY(gemeente_code) REFERENCES gemeente (code)
);
CREATE TABLE organisation_wijk (
	organisation_id VARCHAR(60) NOT NULL, 
	wijk_code VARCHAR(8) NOT NULL, 
	wijk_edition SMALLINT NOT NULL, 
	CONSTRAINT pk_organisation_wijk PRIMARY KEY (organisation_id, wijk_code, wijk_edition), 
	CONSTRAINT fk_organisation_wijk_wijk_code FOREIGN KEY(wijk_code, wijk_edition) REFERENCES wijk (code, edition), 
	CONSTRAINT fk_organisation_wijk_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE TABLE outcome (
	id VARCHAR(60) NOT NULL, 
	name_nl VARCHAR(160) NOT NULL, 
	name_en VARCHAR(160) NOT NULL, 
	definition_nl TEXT NOT NULL, 
	definition_en TEXT NOT NULL, 
	unit_nl VARCHAR(80) NOT NULL, 
	unit_en VARCHAR(80) NOT NULL, 
	determined_by_nl VARCHAR(160) NOT NULL, 
	determined_by_en VARCHAR(160) NOT NULL, 
	validation_nl TEXT NOT NULL, 
	validation_en TEXT NOT NULL, 
	CONSTRAINT pk_outcome PRIMARY KEY (id)
);
CREATE TABLE participant (
	pseudonym VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_participant PRIMARY KEY (pseudonym)
);
CREATE TABLE placement (
	id VARCHAR(60) NOT NULL, 
	participant VARCHAR(64) NOT NULL, 
	organisation_id VARCHAR(60) NOT NULL, 
	wijk_code VARCHAR(8) NOT NULL, 
	wijk_edition SMALLINT NOT NULL, 
	started_on DATE NOT NULL, 
	ended_on DATE, 
	hours_per_week NUMERIC(4, 1) NOT NULL, 
	kind VARCHAR(30) NOT NULL, 
	CONSTRAINT pk_placement PRIMARY KEY (id), 
	CONSTRAINT fk_placement_wijk_code FOREIGN KEY(wijk_code, wijk_edition) REFERENCES wijk (code, edition), 
	CONSTRAINT uq_placement_participant UNIQUE (participant, started_on), 
	CONSTRAINT ck_placement_order CHECK (ended_on IS NULL OR ended_on >= started_on), 
	CONSTRAINT ck_placement_hours CHECK (hours_per_week > 0 AND hours_per_week <= 60), 
	CONSTRAINT ck_placement_kind CHECK (kind IN ('paid_without_support', 'paid_with_support', 'self_employed')), 
	CONSTRAINT fk_placement_participant FOREIGN KEY(participant) REFERENCES participant (pseudonym), 
	CONSTRAINT fk_placement_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE TABLE pub_amount (
	release INTEGER NOT NULL, 
	"row" INTEGER NOT NULL, 
	gemeente_code VARCHAR(6) NOT NULL, 
	quarter VARCHAR(7) NOT NULL, 
	year SMALLINT NOT NULL, 
	area_code VARCHAR(8) NOT NULL, 
	organisation_id VARCHAR(60) NOT NULL, 
	taakveld VARCHAR(8) NOT NULL, 
	financier_id VARCHAR(60) NOT NULL, 
	nature VARCHAR(12) NOT NULL, 
	money_ends_on DATE, 
	outcome VARCHAR(30) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	cents BIGINT NOT NULL, 
	PRIMARY KEY (release, "row"), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE pub_area (
	release INTEGER NOT NULL, 
	area_code VARCHAR(8) NOT NULL, 
	level VARCHAR(10) NOT NULL, 
	gemeente_code VARCHAR(6) NOT NULL, 
	edition SMALLINT, 
	name VARCHAR(120) NOT NULL, 
	residents INTEGER, 
	households INTEGER, 
	bijstand INTEGER, 
	figures_on DATE, 
	figures_source TEXT NOT NULL, 
	longitude NUMERIC(9, 6), 
	latitude NUMERIC(9, 6), 
	schematic BOOLEAN NOT NULL, 
	geometry TEXT, 
	geometry_source TEXT NOT NULL, 
	PRIMARY KEY (release, area_code), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE pub_cell (
	release INTEGER NOT NULL, 
	gemeente_code VARCHAR(6) NOT NULL, 
	measure VARCHAR(60) NOT NULL, 
	period VARCHAR(7) NOT NULL, 
	area_code VARCHAR(8) NOT NULL, 
	organisation_id VARCHAR(60) NOT NULL, 
	item VARCHAR(130) NOT NULL, 
	category VARCHAR(40) NOT NULL, 
	value INTEGER, 
	status VARCHAR(12) NOT NULL, 
	reason VARCHAR(20) NOT NULL, 
	PRIMARY KEY (release, gemeente_code, measure, period, area_code, organisation_id, item, category), 
	CONSTRAINT pub_cell_status CHECK ((status = 'published') = (value IS NOT NULL)), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE pub_contract (
	release INTEGER NOT NULL, 
	contract_id VARCHAR(60) NOT NULL, 
	gemeente_code VARCHAR(6) NOT NULL, 
	name VARCHAR(160) NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE NOT NULL, 
	PRIMARY KEY (release, contract_id), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE pub_contract_financier (
	release INTEGER NOT NULL, 
	contract_id VARCHAR(60) NOT NULL, 
	financier_id VARCHAR(60) NOT NULL, 
	share NUMERIC(6, 5) NOT NULL, 
	ceiling_cents BIGINT NOT NULL, 
	PRIMARY KEY (release, contract_id, financier_id), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE pub_contract_outcome (
	release INTEGER NOT NULL, 
	contract_id VARCHAR(60) NOT NULL, 
	outcome_id VARCHAR(60) NOT NULL, 
	tariff_cents BIGINT NOT NULL, 
	agreed INTEGER NOT NULL, 
	name_nl VARCHAR(160) NOT NULL, 
	name_en VARCHAR(160) NOT NULL, 
	definition_nl TEXT NOT NULL, 
	definition_en TEXT NOT NULL, 
	unit_nl VARCHAR(80) NOT NULL, 
	unit_en VARCHAR(80) NOT NULL, 
	determined_by_nl VARCHAR(160) NOT NULL, 
	determined_by_en VARCHAR(160) NOT NULL, 
	validation_nl TEXT NOT NULL, 
	validation_en TEXT NOT NULL, 
	PRIMARY KEY (release, contract_id, outcome_id), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE pub_financier (
	release INTEGER NOT NULL, 
	financier_id VARCHAR(60) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	PRIMARY KEY (release, financier_id), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE pub_gap (
	release INTEGER NOT NULL, 
	organisation_id VARCHAR(60) NOT NULL, 
	subject VARCHAR(20) NOT NULL, 
	quarter VARCHAR(7) NOT NULL, 
	gemeente_code VARCHAR(6) NOT NULL, 
	delivered_on DATE, 
	PRIMARY KEY (release, organisation_id, subject, quarter), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE pub_organisation (
	release INTEGER NOT NULL, 
	organisation_id VARCHAR(60) NOT NULL, 
	gemeente_code VARCHAR(6) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	founded_year SMALLINT, 
	description TEXT NOT NULL, 
	invented BOOLEAN NOT NULL, 
	wijk_codes TEXT NOT NULL, 
	PRIMARY KEY (release, organisation_id), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE pub_period (
	release INTEGER NOT NULL, 
	gemeente_code VARCHAR(6) NOT NULL, 
	period VARCHAR(7) NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	closed_on DATE NOT NULL, 
	PRIMARY KEY (release, gemeente_code, period), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE pub_release (
	number INTEGER NOT NULL, 
	made_at DATETIME NOT NULL, 
	closed_until VARCHAR(7) NOT NULL, 
	sample BOOLEAN NOT NULL, 
	checksum VARCHAR(64) NOT NULL, 
	reason_nl TEXT NOT NULL, 
	reason_en TEXT NOT NULL, 
	widened INTEGER NOT NULL, 
	notes TEXT NOT NULL, 
	PRIMARY KEY (number)
);
CREATE TABLE pub_statement (
	release INTEGER NOT NULL, 
	id VARCHAR(60) NOT NULL, 
	organisation_id VARCHAR(60) NOT NULL, 
	stated_on DATE, 
	value INTEGER, 
	text_nl TEXT NOT NULL, 
	text_en TEXT NOT NULL, 
	source TEXT NOT NULL, 
	PRIMARY KEY (release, id), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE pub_taakveld (
	release INTEGER NOT NULL, 
	code VARCHAR(8) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	PRIMARY KEY (release, code), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE pub_target (
	release INTEGER NOT NULL, 
	indicator VARCHAR(60) NOT NULL, 
	area_code VARCHAR(8) NOT NULL, 
	period VARCHAR(7) NOT NULL, 
	value NUMERIC(14, 4) NOT NULL, 
	PRIMARY KEY (release, indicator, area_code, period), 
	FOREIGN KEY(release) REFERENCES pub_release (number)
);
CREATE TABLE quarter (
	id VARCHAR(7) NOT NULL, 
	year SMALLINT NOT NULL, 
	starts_on DATE NOT NULL, 
	ends_on DATE NOT NULL, 
	CONSTRAINT pk_quarter PRIMARY KEY (id), 
	CONSTRAINT ck_quarter_order CHECK (ends_on > starts_on), 
	CONSTRAINT uq_quarter_ends_on UNIQUE (ends_on)
);
INSERT INTO "quarter" VALUES('2010-Q1',2010,'2010-01-01','2010-03-31');
INSERT INTO "quarter" VALUES('2010-Q2',2010,'2010-04-01','2010-06-30');
INSERT INTO "quarter" VALUES('2010-Q3',2010,'2010-07-01','2010-09-30');
INSERT INTO "quarter" VALUES('2010-Q4',2010,'2010-10-01','2010-12-31');
INSERT INTO "quarter" VALUES('2011-Q1',2011,'2011-01-01','2011-03-31');
INSERT INTO "quarter" VALUES('2011-Q2',2011,'2011-04-01','2011-06-30');
INSERT INTO "quarter" VALUES('2011-Q3',2011,'2011-07-01','2011-09-30');
INSERT INTO "quarter" VALUES('2011-Q4',2011,'2011-10-01','2011-12-31');
INSERT INTO "quarter" VALUES('2012-Q1',2012,'2012-01-01','2012-03-31');
INSERT INTO "quarter" VALUES('2012-Q2',2012,'2012-04-01','2012-06-30');
INSERT INTO "quarter" VALUES('2012-Q3',2012,'2012-07-01','2012-09-30');
INSERT INTO "quarter" VALUES('2012-Q4',2012,'2012-10-01','2012-12-31');
INSERT INTO "quarter" VALUES('2013-Q1',2013,'2013-01-01','2013-03-31');
INSERT INTO "quarter" VALUES('2013-Q2',2013,'2013-04-01','2013-06-30');
INSERT INTO "quarter" VALUES('2013-Q3',2013,'2013-07-01','2013-09-30');
INSERT INTO "quarter" VALUES('2013-Q4',2013,'2013-10-01','2013-12-31');
INSERT INTO "quarter" VALUES('2014-Q1',2014,'2014-01-01','2014-03-31');
INSERT INTO "quarter" VALUES('2014-Q2',2014,'2014-04-01','2014-06-30');
INSERT INTO "quarter" VALUES('2014-Q3',2014,'2014-07-01','2014-09-30');
INSERT INTO "quarter" VALUES('2014-Q4',2014,'2014-10-01','2014-12-31');
INSERT INTO "quarter" VALUES('2015-Q1',2015,'2015-01-01','2015-03-31');
INSERT INTO "quarter" VALUES('2015-Q2',2015,'2015-04-01','2015-06-30');
INSERT INTO "quarter" VALUES('2015-Q3',2015,'2015-07-01','2015-09-30');
INSERT INTO "quarter" VALUES('2015-Q4',2015,'2015-10-01','2015-12-31');
INSERT INTO "quarter" VALUES('2016-Q1',2016,'2016-01-01','2016-03-31');
INSERT INTO "quarter" VALUES('2016-Q2',2016,'2016-04-01','2016-06-30');
INSERT INTO "quarter" VALUES('2016-Q3',2016,'2016-07-01','2016-09-30');
INSERT INTO "quarter" VALUES('2016-Q4',2016,'2016-10-01','2016-12-31');
INSERT INTO "quarter" VALUES('2017-Q1',2017,'2017-01-01','2017-03-31');
INSERT INTO "quarter" VALUES('2017-Q2',2017,'2017-04-01','2017-06-30');
INSERT INTO "quarter" VALUES('2017-Q3',2017,'2017-07-01','2017-09-30');
INSERT INTO "quarter" VALUES('2017-Q4',2017,'2017-10-01','2017-12-31');
INSERT INTO "quarter" VALUES('2018-Q1',2018,'2018-01-01','2018-03-31');
INSERT INTO "quarter" VALUES('2018-Q2',2018,'2018-04-01','2018-06-30');
INSERT INTO "quarter" VALUES('2018-Q3',2018,'2018-07-01','2018-09-30');
INSERT INTO "quarter" VALUES('2018-Q4',2018,'2018-10-01','2018-12-31');
INSERT INTO "quarter" VALUES('2019-Q1',2019,'2019-01-01','2019-03-31');
INSERT INTO "quarter" VALUES('2019-Q2',2019,'2019-04-01','2019-06-30');
INSERT INTO "quarter" VALUES('2019-Q3',2019,'2019-07-01','2019-09-30');
INSERT INTO "quarter" VALUES('2019-Q4',2019,'2019-10-01','2019-12-31');
INSERT INTO "quarter" VALUES('2020-Q1',2020,'2020-01-01','2020-03-31');
INSERT INTO "quarter" VALUES('2020-Q2',2020,'2020-04-01','2020-06-30');
INSERT INTO "quarter" VALUES('2020-Q3',2020,'2020-07-01','2020-09-30');
INSERT INTO "quarter" VALUES('2020-Q4',2020,'2020-10-01','2020-12-31');
INSERT INTO "quarter" VALUES('2021-Q1',2021,'2021-01-01','2021-03-31');
INSERT INTO "quarter" VALUES('2021-Q2',2021,'2021-04-01','2021-06-30');
INSERT INTO "quarter" VALUES('2021-Q3',2021,'2021-07-01','2021-09-30');
INSERT INTO "quarter" VALUES('2021-Q4',2021,'2021-10-01','2021-12-31');
INSERT INTO "quarter" VALUES('2022-Q1',2022,'2022-01-01','2022-03-31');
INSERT INTO "quarter" VALUES('2022-Q2',2022,'2022-04-01','2022-06-30');
INSERT INTO "quarter" VALUES('2022-Q3',2022,'2022-07-01','2022-09-30');
INSERT INTO "quarter" VALUES('2022-Q4',2022,'2022-10-01','2022-12-31');
INSERT INTO "quarter" VALUES('2023-Q1',2023,'2023-01-01','2023-03-31');
INSERT INTO "quarter" VALUES('2023-Q2',2023,'2023-04-01','2023-06-30');
INSERT INTO "quarter" VALUES('2023-Q3',2023,'2023-07-01','2023-09-30');
INSERT INTO "quarter" VALUES('2023-Q4',2023,'2023-10-01','2023-12-31');
INSERT INTO "quarter" VALUES('2024-Q1',2024,'2024-01-01','2024-03-31');
INSERT INTO "quarter" VALUES('2024-Q2',2024,'2024-04-01','2024-06-30');
INSERT INTO "quarter" VALUES('2024-Q3',2024,'2024-07-01','2024-09-30');
INSERT INTO "quarter" VALUES('2024-Q4',2024,'2024-10-01','2024-12-31');
INSERT INTO "quarter" VALUES('2025-Q1',2025,'2025-01-01','2025-03-31');
INSERT INTO "quarter" VALUES('2025-Q2',2025,'2025-04-01','2025-06-30');
INSERT INTO "quarter" VALUES('2025-Q3',2025,'2025-07-01','2025-09-30');
INSERT INTO "quarter" VALUES('2025-Q4',2025,'2025-10-01','2025-12-31');
INSERT INTO "quarter" VALUES('2026-Q1',2026,'2026-01-01','2026-03-31');
INSERT INTO "quarter" VALUES('2026-Q2',2026,'2026-04-01','2026-06-30');
INSERT INTO "quarter" VALUES('2026-Q3',2026,'2026-07-01','2026-09-30');
INSERT INTO "quarter" VALUES('2026-Q4',2026,'2026-10-01','2026-12-31');
INSERT INTO "quarter" VALUES('2027-Q1',2027,'2027-01-01','2027-03-31');
INSERT INTO "quarter" VALUES('2027-Q2',2027,'2027-04-01','2027-06-30');
INSERT INTO "quarter" VALUES('2027-Q3',2027,'2027-07-01','2027-09-30');
INSERT INTO "quarter" VALUES('2027-Q4',2027,'2027-10-01','2027-12-31');
INSERT INTO "quarter" VALUES('2028-Q1',2028,'2028-01-01','2028-03-31');
INSERT INTO "quarter" VALUES('2028-Q2',2028,'2028-04-01','2028-06-30');
INSERT INTO "quarter" VALUES('2028-Q3',2028,'2028-07-01','2028-09-30');
INSERT INTO "quarter" VALUES('2028-Q4',2028,'2028-10-01','2028-12-31');
INSERT INTO "quarter" VALUES('2029-Q1',2029,'2029-01-01','2029-03-31');
INSERT INTO "quarter" VALUES('2029-Q2',2029,'2029-04-01','2029-06-30');
INSERT INTO "quarter" VALUES('2029-Q3',2029,'2029-07-01','2029-09-30');
INSERT INTO "quarter" VALUES('2029-Q4',2029,'2029-10-01','2029-12-31');
INSERT INTO "quarter" VALUES('2030-Q1',2030,'2030-01-01','2030-03-31');
INSERT INTO "quarter" VALUES('2030-Q2',2030,'2030-04-01','2030-06-30');
INSERT INTO "quarter" VALUES('2030-Q3',2030,'2030-07-01','2030-09-30');
INSERT INTO "quarter" VALUES('2030-Q4',2030,'2030-10-01','2030-12-31');
INSERT INTO "quarter" VALUES('2031-Q1',2031,'2031-01-01','2031-03-31');
INSERT INTO "quarter" VALUES('2031-Q2',2031,'2031-04-01','2031-06-30');
INSERT INTO "quarter" VALUES('2031-Q3',2031,'2031-07-01','2031-09-30');
INSERT INTO "quarter" VALUES('2031-Q4',2031,'2031-10-01','2031-12-31');
INSERT INTO "quarter" VALUES('2032-Q1',2032,'2032-01-01','2032-03-31');
INSERT INTO "quarter" VALUES('2032-Q2',2032,'2032-04-01','2032-06-30');
INSERT INTO "quarter" VALUES('2032-Q3',2032,'2032-07-01','2032-09-30');
INSERT INTO "quarter" VALUES('2032-Q4',2032,'2032-10-01','2032-12-31');
INSERT INTO "quarter" VALUES('2033-Q1',2033,'2033-01-01','2033-03-31');
INSERT INTO "quarter" VALUES('2033-Q2',2033,'2033-04-01','2033-06-30');
INSERT INTO "quarter" VALUES('2033-Q3',2033,'2033-07-01','2033-09-30');
INSERT INTO "quarter" VALUES('2033-Q4',2033,'2033-10-01','2033-12-31');
INSERT INTO "quarter" VALUES('2034-Q1',2034,'2034-01-01','2034-03-31');
INSERT INTO "quarter" VALUES('2034-Q2',2034,'2034-04-01','2034-06-30');
INSERT INTO "quarter" VALUES('2034-Q3',2034,'2034-07-01','2034-09-30');
INSERT INTO "quarter" VALUES('2034-Q4',2034,'2034-10-01','2034-12-31');
INSERT INTO "quarter" VALUES('2035-Q1',2035,'2035-01-01','2035-03-31');
INSERT INTO "quarter" VALUES('2035-Q2',2035,'2035-04-01','2035-06-30');
INSERT INTO "quarter" VALUES('2035-Q3',2035,'2035-07-01','2035-09-30');
INSERT INTO "quarter" VALUES('2035-Q4',2035,'2035-10-01','2035-12-31');
INSERT INTO "quarter" VALUES('2036-Q1',2036,'2036-01-01','2036-03-31');
INSERT INTO "quarter" VALUES('2036-Q2',2036,'2036-04-01','2036-06-30');
INSERT INTO "quarter" VALUES('2036-Q3',2036,'2036-07-01','2036-09-30');
INSERT INTO "quarter" VALUES('2036-Q4',2036,'2036-10-01','2036-12-31');
INSERT INTO "quarter" VALUES('2037-Q1',2037,'2037-01-01','2037-03-31');
INSERT INTO "quarter" VALUES('2037-Q2',2037,'2037-04-01','2037-06-30');
INSERT INTO "quarter" VALUES('2037-Q3',2037,'2037-07-01','2037-09-30');
INSERT INTO "quarter" VALUES('2037-Q4',2037,'2037-10-01','2037-12-31');
INSERT INTO "quarter" VALUES('2038-Q1',2038,'2038-01-01','2038-03-31');
INSERT INTO "quarter" VALUES('2038-Q2',2038,'2038-04-01','2038-06-30');
INSERT INTO "quarter" VALUES('2038-Q3',2038,'2038-07-01','2038-09-30');
INSERT INTO "quarter" VALUES('2038-Q4',2038,'2038-10-01','2038-12-31');
INSERT INTO "quarter" VALUES('2039-Q1',2039,'2039-01-01','2039-03-31');
INSERT INTO "quarter" VALUES('2039-Q2',2039,'2039-04-01','2039-06-30');
INSERT INTO "quarter" VALUES('2039-Q3',2039,'2039-07-01','2039-09-30');
INSERT INTO "quarter" VALUES('2039-Q4',2039,'2039-10-01','2039-12-31');
INSERT INTO "quarter" VALUES('2040-Q1',2040,'2040-01-01','2040-03-31');
INSERT INTO "quarter" VALUES('2040-Q2',2040,'2040-04-01','2040-06-30');
INSERT INTO "quarter" VALUES('2040-Q3',2040,'2040-07-01','2040-09-30');
INSERT INTO "quarter" VALUES('2040-Q4',2040,'2040-10-01','2040-12-31');
INSERT INTO "quarter" VALUES('2041-Q1',2041,'2041-01-01','2041-03-31');
INSERT INTO "quarter" VALUES('2041-Q2',2041,'2041-04-01','2041-06-30');
INSERT INTO "quarter" VALUES('2041-Q3',2041,'2041-07-01','2041-09-30');
INSERT INTO "quarter" VALUES('2041-Q4',2041,'2041-10-01','2041-12-31');
INSERT INTO "quarter" VALUES('2042-Q1',2042,'2042-01-01','2042-03-31');
INSERT INTO "quarter" VALUES('2042-Q2',2042,'2042-04-01','2042-06-30');
INSERT INTO "quarter" VALUES('2042-Q3',2042,'2042-07-01','2042-09-30');
INSERT INTO "quarter" VALUES('2042-Q4',2042,'2042-10-01','2042-12-31');
INSERT INTO "quarter" VALUES('2043-Q1',2043,'2043-01-01','2043-03-31');
INSERT INTO "quarter" VALUES('2043-Q2',2043,'2043-04-01','2043-06-30');
INSERT INTO "quarter" VALUES('2043-Q3',2043,'2043-07-01','2043-09-30');
INSERT INTO "quarter" VALUES('2043-Q4',2043,'2043-10-01','2043-12-31');
INSERT INTO "quarter" VALUES('2044-Q1',2044,'2044-01-01','2044-03-31');
INSERT INTO "quarter" VALUES('2044-Q2',2044,'2044-04-01','2044-06-30');
INSERT INTO "quarter" VALUES('2044-Q3',2044,'2044-07-01','2044-09-30');
INSERT INTO "quarter" VALUES('2044-Q4',2044,'2044-10-01','2044-12-31');
INSERT INTO "quarter" VALUES('2045-Q1',2045,'2045-01-01','2045-03-31');
INSERT INTO "quarter" VALUES('2045-Q2',2045,'2045-04-01','2045-06-30');
INSERT INTO "quarter" VALUES('2045-Q3',2045,'2045-07-01','2045-09-30');
INSERT INTO "quarter" VALUES('2045-Q4',2045,'2045-10-01','2045-12-31');
CREATE TABLE result (
	id VARCHAR(60) NOT NULL, 
	contract_id VARCHAR(60) NOT NULL, 
	outcome_id VARCHAR(60) NOT NULL, 
	participant VARCHAR(64) NOT NULL, 
	organisation_id VARCHAR(60) NOT NULL, 
	wijk_code VARCHAR(8) NOT NULL, 
	wijk_edition SMALLINT NOT NULL, 
	claimed_on DATE NOT NULL, 
	judged_on DATE, 
	judged_achieved BOOLEAN, 
	checked_on DATE, 
	check_passed BOOLEAN, 
	paid_on DATE, 
	CONSTRAINT pk_result PRIMARY KEY (id), 
	CONSTRAINT fk_result_contract_id FOREIGN KEY(contract_id, outcome_id) REFERENCES contract_outcome (contract_id, outcome_id), 
	CONSTRAINT fk_result_wijk_code FOREIGN KEY(wijk_code, wijk_edition) REFERENCES wijk (code, edition), 
	CONSTRAINT ck_result_judged CHECK ((judged_on IS NULL) = (judged_achieved IS NULL)), 
	CONSTRAINT ck_result_checked CHECK ((checked_on IS NULL) = (check_passed IS NULL)), 
	CONSTRAINT ck_result_judged_order CHECK (judged_on IS NULL OR judged_on >= claimed_on), 
	CONSTRAINT ck_result_checked_order CHECK (checked_on IS NULL OR checked_on >= claimed_on), 
	CONSTRAINT ck_result_paid_only_when_residents_agree CHECK (paid_on IS NULL OR (judged_on IS NOT NULL AND judged_achieved AND paid_on >= judged_on)), 
	CONSTRAINT fk_result_participant FOREIGN KEY(participant) REFERENCES participant (pseudonym), 
	CONSTRAINT fk_result_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE TABLE rounding_memory (
	measure VARCHAR(60) NOT NULL, 
	period VARCHAR(7) NOT NULL, 
	wijk_code VARCHAR(8) NOT NULL, 
	organisation_id VARCHAR(60) NOT NULL, 
	item VARCHAR(130) NOT NULL, 
	category VARCHAR(40) NOT NULL, 
	true_value INTEGER NOT NULL, 
	published INTEGER NOT NULL, 
	CONSTRAINT pk_rounding_memory PRIMARY KEY (measure, period, wijk_code, organisation_id, item, category)
);
CREATE TABLE spending (
	id VARCHAR(60) NOT NULL, 
	gemeente_code VARCHAR(6) NOT NULL, 
	spent_on DATE NOT NULL, 
	organisation_id VARCHAR(60), 
	wijk_code VARCHAR(8), 
	wijk_edition SMALLINT, 
	taakveld VARCHAR(8) NOT NULL, 
	financier_id VARCHAR(60) NOT NULL, 
	amount_cents BIGINT NOT NULL, 
	nature VARCHAR(12) NOT NULL, 
	money_ends_on DATE, 
	description TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_spending PRIMARY KEY (id), 
	CONSTRAINT fk_spending_wijk_code FOREIGN KEY(wijk_code, wijk_edition) REFERENCES wijk (code, edition), 
	CONSTRAINT ck_spending_wijk CHECK ((wijk_code IS NULL) = (wijk_edition IS NULL)), 
	CONSTRAINT ck_spending_amount CHECK (amount_cents <> 0), 
	CONSTRAINT ck_spending_finite_money_is_incidenteel CHECK ((nature = 'structureel' AND money_ends_on IS NULL) OR (nature = 'incidenteel' AND money_ends_on IS NOT NULL)), 
	CONSTRAINT ck_spending_nature CHECK (nature IN ('structureel', 'incidenteel')), 
	CONSTRAINT fk_spending_gemeente_code FOREIGN KEY(gemeente_code) REFERENCES gemeente (code), 
	CONSTRAINT fk_spending_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id), 
	CONSTRAINT fk_spending_taakveld FOREIGN KEY(taakveld) REFERENCES taakveld (code), 
	CONSTRAINT fk_spending_financier_id FOREIGN KEY(financier_id) REFERENCES financier (id)
);
CREATE TABLE spending_outcome (
	spending_id VARCHAR(60) NOT NULL, 
	outcome VARCHAR(30) NOT NULL, 
	share NUMERIC(6, 5) NOT NULL, 
	CONSTRAINT pk_spending_outcome PRIMARY KEY (spending_id, outcome), 
	CONSTRAINT ck_spending_outcome_share CHECK (share > 0 AND share <= 1), 
	CONSTRAINT ck_spending_outcome_outcome CHECK (outcome IN ('participation', 'step_up', 'paid_work')), 
	CONSTRAINT fk_spending_outcome_spending_id FOREIGN KEY(spending_id) REFERENCES spending (id)
);
CREATE TABLE statement (
	id VARCHAR(60) NOT NULL, 
	organisation_id VARCHAR(60) NOT NULL, 
	stated_on DATE, 
	value INTEGER, 
	text_nl TEXT NOT NULL, 
	text_en TEXT NOT NULL, 
	source TEXT NOT NULL, 
	CONSTRAINT pk_statement PRIMARY KEY (id), 
	CONSTRAINT fk_statement_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id)
);
CREATE TABLE taakveld (
	code VARCHAR(8) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	first_year SMALLINT NOT NULL, 
	last_year SMALLINT NOT NULL, 
	CONSTRAINT pk_taakveld PRIMARY KEY (code)
);
INSERT INTO "taakveld" VALUES('5.1','Sportbeleid en activering',2017,0);
INSERT INTO "taakveld" VALUES('5.2','Sportaccommodaties',2017,0);
INSERT INTO "taakveld" VALUES('6.1','Samenkracht en burgerparticipatie',2017,0);
INSERT INTO "taakveld" VALUES('6.2','Toegang en eerstelijnsvoorzieningen (wijkteams)',2017,2023);
INSERT INTO "taakveld" VALUES('6.21','Toegang en eerstelijnsvoorzieningen Wmo',2023,0);
INSERT INTO "taakveld" VALUES('6.22','Toegang en eerstelijnsvoorzieningen jeugd',2023,0);
INSERT INTO "taakveld" VALUES('6.23','Toegang en eerstelijnsvoorzieningen integraal',2023,0);
INSERT INTO "taakveld" VALUES('6.3','Inkomensregelingen',2017,0);
INSERT INTO "taakveld" VALUES('6.4','WSW en beschut werk',2017,0);
INSERT INTO "taakveld" VALUES('6.5','Arbeidsparticipatie',2017,0);
INSERT INTO "taakveld" VALUES('8.3','Wonen en bouwen',2017,0);
CREATE TABLE target (
	indicator VARCHAR(60) NOT NULL, 
	area_code VARCHAR(8) NOT NULL, 
	period VARCHAR(7) NOT NULL, 
	value NUMERIC(14, 4) NOT NULL, 
	CONSTRAINT pk_target PRIMARY KEY (indicator, area_code, period)
);
CREATE TABLE wijk (
	code VARCHAR(8) NOT NULL, 
	edition SMALLINT NOT NULL, 
	gemeente_code VARCHAR(6) NOT NULL, 
	name VARCHAR(120) NOT NULL, 
	residents INTEGER, 
	households INTEGER, 
	bijstand INTEGER, 
	figures_on DATE, 
	figures_source TEXT DEFAULT '' NOT NULL, 
	longitude NUMERIC(9, 6), 
	latitude NUMERIC(9, 6), 
	geometry TEXT, 
	schematic BOOLEAN DEFAULT '0' NOT NULL, 
	geometry_source TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_wijk PRIMARY KEY (code, edition), 
	CONSTRAINT ck_wijk_code CHECK (code LIKE 'WK______'), 
	CONSTRAINT ck_wijk_edition CHECK (edition BETWEEN 1995 AND 2100), 
	CONSTRAINT ck_wijk_residents CHECK (residents IS NULL OR residents >= 0), 
	CONSTRAINT ck_wijk_households CHECK (households IS NULL OR households >= 0), 
	CONSTRAINT ck_wijk_bijstand CHECK (bijstand IS NULL OR bijstand >= 0), 
	CONSTRAINT fk_wijk_gemeente_code FOREIGN KEY(gemeente_code) REFERENCES gemeente (code)
);
CREATE INDEX ix_agreement_dates ON agreement (started_on, ended_on);
CREATE INDEX ix_agreement_participant ON agreement (participant);
CREATE INDEX ix_allowance_participant ON allowance (participant);
CREATE TRIGGER pub_release_frozen_UPDATE BEFORE UPDATE ON pub_release BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_release_frozen_DELETE BEFORE DELETE ON pub_release BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_release_frozen_REPLACE BEFORE INSERT ON pub_release WHEN EXISTS (SELECT 1 FROM pub_release WHERE number = NEW.number) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_area_frozen_UPDATE BEFORE UPDATE ON pub_area BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_area_frozen_DELETE BEFORE DELETE ON pub_area BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_area_frozen_REPLACE BEFORE INSERT ON pub_area WHEN EXISTS (SELECT 1 FROM pub_area WHERE release = NEW.release AND area_code = NEW.area_code) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_organisation_frozen_UPDATE BEFORE UPDATE ON pub_organisation BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_organisation_frozen_DELETE BEFORE DELETE ON pub_organisation BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_organisation_frozen_REPLACE BEFORE INSERT ON pub_organisation WHEN EXISTS (SELECT 1 FROM pub_organisation WHERE release = NEW.release AND organisation_id = NEW.organisation_id) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_statement_frozen_UPDATE BEFORE UPDATE ON pub_statement BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_statement_frozen_DELETE BEFORE DELETE ON pub_statement BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_statement_frozen_REPLACE BEFORE INSERT ON pub_statement WHEN EXISTS (SELECT 1 FROM pub_statement WHERE release = NEW.release AND id = NEW.id) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_period_frozen_UPDATE BEFORE UPDATE ON pub_period BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_period_frozen_DELETE BEFORE DELETE ON pub_period BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_period_frozen_REPLACE BEFORE INSERT ON pub_period WHEN EXISTS (SELECT 1 FROM pub_period WHERE release = NEW.release AND gemeente_code = NEW.gemeente_code AND period = NEW.period) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE INDEX ix_pub_cell_series ON pub_cell (release, area_code, organisation_id, measure);
CREATE TRIGGER pub_cell_frozen_UPDATE BEFORE UPDATE ON pub_cell BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_cell_frozen_DELETE BEFORE DELETE ON pub_cell BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_cell_frozen_REPLACE BEFORE INSERT ON pub_cell WHEN EXISTS (SELECT 1 FROM pub_cell WHERE release = NEW.release AND gemeente_code = NEW.gemeente_code AND measure = NEW.measure AND period = NEW.period AND area_code = NEW.area_code AND organisation_id = NEW.organisation_id AND item = NEW.item AND category = NEW.category) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE INDEX ix_pub_amount_place ON pub_amount (release, gemeente_code, year, area_code);
CREATE TRIGGER pub_amount_frozen_UPDATE BEFORE UPDATE ON pub_amount BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_amount_frozen_DELETE BEFORE DELETE ON pub_amount BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_amount_frozen_REPLACE BEFORE INSERT ON pub_amount WHEN EXISTS (SELECT 1 FROM pub_amount WHERE release = NEW.release AND row = NEW.row) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_gap_frozen_UPDATE BEFORE UPDATE ON pub_gap BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_gap_frozen_DELETE BEFORE DELETE ON pub_gap BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_gap_frozen_REPLACE BEFORE INSERT ON pub_gap WHEN EXISTS (SELECT 1 FROM pub_gap WHERE release = NEW.release AND organisation_id = NEW.organisation_id AND subject = NEW.subject AND quarter = NEW.quarter) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_financier_frozen_UPDATE BEFORE UPDATE ON pub_financier BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_financier_frozen_DELETE BEFORE DELETE ON pub_financier BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_financier_frozen_REPLACE BEFORE INSERT ON pub_financier WHEN EXISTS (SELECT 1 FROM pub_financier WHERE release = NEW.release AND financier_id = NEW.financier_id) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_taakveld_frozen_UPDATE BEFORE UPDATE ON pub_taakveld BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_taakveld_frozen_DELETE BEFORE DELETE ON pub_taakveld BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_taakveld_frozen_REPLACE BEFORE INSERT ON pub_taakveld WHEN EXISTS (SELECT 1 FROM pub_taakveld WHERE release = NEW.release AND code = NEW.code) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_contract_frozen_UPDATE BEFORE UPDATE ON pub_contract BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_contract_frozen_DELETE BEFORE DELETE ON pub_contract BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_contract_frozen_REPLACE BEFORE INSERT ON pub_contract WHEN EXISTS (SELECT 1 FROM pub_contract WHERE release = NEW.release AND contract_id = NEW.contract_id) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_contract_financier_frozen_UPDATE BEFORE UPDATE ON pub_contract_financier BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_contract_financier_frozen_DELETE BEFORE DELETE ON pub_contract_financier BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_contract_financier_frozen_REPLACE BEFORE INSERT ON pub_contract_financier WHEN EXISTS (SELECT 1 FROM pub_contract_financier WHERE release = NEW.release AND contract_id = NEW.contract_id AND financier_id = NEW.financier_id) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_contract_outcome_frozen_UPDATE BEFORE UPDATE ON pub_contract_outcome BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_contract_outcome_frozen_DELETE BEFORE DELETE ON pub_contract_outcome BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_contract_outcome_frozen_REPLACE BEFORE INSERT ON pub_contract_outcome WHEN EXISTS (SELECT 1 FROM pub_contract_outcome WHERE release = NEW.release AND contract_id = NEW.contract_id AND outcome_id = NEW.outcome_id) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_target_frozen_UPDATE BEFORE UPDATE ON pub_target BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_target_frozen_DELETE BEFORE DELETE ON pub_target BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
CREATE TRIGGER pub_target_frozen_REPLACE BEFORE INSERT ON pub_target WHEN EXISTS (SELECT 1 FROM pub_target WHERE release = NEW.release AND indicator = NEW.indicator AND area_code = NEW.area_code AND period = NEW.period) BEGIN SELECT RAISE(ABORT, 'a release is never changed'); END;
COMMIT;
