PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO _sqlx_migrations VALUES(1,'register','2026-11-21 13:12:59',1,X'f01b2215fac158695310b1324c192014630846a61a91b465f7b55500641152ee2d07478cd2e9545053c0c3354ef4e524',26611551);
CREATE TABLE households (
    household_id INTEGER PRIMARY KEY
) STRICT;
INSERT INTO households VALUES(1);
INSERT INTO households VALUES(2);
INSERT INTO households VALUES(3);
INSERT INTO households VALUES(4);
INSERT INTO households VALUES(5);
INSERT INTO households VALUES(6);
INSERT INTO households VALUES(7);
INSERT INTO households VALUES(8);
INSERT INTO households VALUES(9);
INSERT INTO households VALUES(10);
INSERT INTO households VALUES(11);
INSERT INTO households VALUES(12);
INSERT INTO households VALUES(13);
CREATE TABLE residents (
    resident_id INTEGER PRIMARY KEY,
    resident_record_code TEXT NOT NULL UNIQUE CHECK (length(resident_record_code) = 11),
    household_id INTEGER NOT NULL REFERENCES households,
    relationship TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('resident', 'deceased', 'left')),
    status_since INTEGER NOT NULL,
    -- 支援措置: the address is not disclosed to others
    protected_since INTEGER
) STRICT;
INSERT INTO residents VALUES(1,'49852079046',1,'世帯主','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(2,'74222715562',1,'妻','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(3,'68409091259',1,'子','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(4,'39518199997',1,'子','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(5,'22606390184',1,'子','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(6,'04401565794',2,'世帯主','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(7,'03613684254',2,'妻','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(8,'33983252620',3,'世帯主','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(9,'75551123648',3,'母','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(10,'84145842760',4,'世帯主','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(11,'54927064854',4,'夫','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(12,'04001380270',5,'世帯主','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(13,'29286621380',5,'妻','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(14,'83513769955',5,'子','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(15,'90752317591',6,'世帯主','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(16,'91530117859',7,'世帯主','deceased',1787490764003227,NULL);
INSERT INTO residents VALUES(17,'26696545804',7,'妻','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(18,'48091811980',8,'世帯主','resident',1700658764003227,1777986764003227);
INSERT INTO residents VALUES(19,'24321971637',8,'子','resident',1700658764003227,1777986764003227);
INSERT INTO residents VALUES(20,'91283646501',9,'世帯主','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(21,'94724411641',10,'世帯主','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(22,'15083674224',11,'世帯主','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(23,'53474851311',11,'子','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(24,'53606641556',12,'世帯主','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(25,'35493301193',12,'妻','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(26,'83148357169',12,'子','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(27,'08663849932',12,'子','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(28,'32912251194',12,'母','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(29,'08242127200',13,'世帯主','resident',1700658764003227,NULL);
INSERT INTO residents VALUES(30,'67001839271',13,'妻','resident',1700658764003227,NULL);
CREATE TABLE four_info (
    resident_id INTEGER NOT NULL REFERENCES residents,
    version INTEGER NOT NULL CHECK (version >= 1),
    name TEXT NOT NULL,
    -- 併記名 of foreign residents: a second registered spelling
    other_name TEXT,
    address TEXT NOT NULL,
    municipality TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    sex TEXT NOT NULL CHECK (sex IN ('male', 'female', 'unknown')),
    -- search keys: width and spaces folded, nothing else
    name_key TEXT NOT NULL,
    other_name_key TEXT,
    address_key TEXT NOT NULL,
    valid_since INTEGER NOT NULL,
    superseded_at INTEGER,
    PRIMARY KEY (resident_id, version)
) STRICT, WITHOUT ROWID;
INSERT INTO four_info VALUES(1,1,'髙橋　健一',NULL,'神奈川県横浜市西区みなとみらい四丁目3番2-1001号','141003','1985-05-12','male','髙橋健一',NULL,'神奈川県横浜市西区みなとみらい四丁目3番2-1001号',1700658764003227,NULL);
INSERT INTO four_info VALUES(2,1,'髙橋　美咲',NULL,'神奈川県横浜市西区みなとみらい四丁目3番2-1001号','141003','1988-08-03','female','髙橋美咲',NULL,'神奈川県横浜市西区みなとみらい四丁目3番2-1001号',1700658764003227,NULL);
INSERT INTO four_info VALUES(3,1,'髙橋　翔太',NULL,'神奈川県横浜市西区みなとみらい四丁目3番2-1001号','141003','2009-02-20','male','髙橋翔太',NULL,'神奈川県横浜市西区みなとみらい四丁目3番2-1001号',1700658764003227,NULL);
INSERT INTO four_info VALUES(4,1,'髙橋　結衣',NULL,'神奈川県横浜市西区みなとみらい四丁目3番2-1001号','141003','2017-05-02','female','髙橋結衣',NULL,'神奈川県横浜市西区みなとみらい四丁目3番2-1001号',1700658764003227,NULL);
INSERT INTO four_info VALUES(5,1,'髙橋　湊',NULL,'神奈川県横浜市西区みなとみらい四丁目3番2-1001号','141003','2022-09-27','male','髙橋湊',NULL,'神奈川県横浜市西区みなとみらい四丁目3番2-1001号',1700658764003227,NULL);
INSERT INTO four_info VALUES(6,1,'髙橋　正雄',NULL,'山形県酒田市本町二丁目2番45号','062049','1952-01-15','male','髙橋正雄',NULL,'山形県酒田市本町二丁目2番45号',1700658764003227,NULL);
INSERT INTO four_info VALUES(7,1,'髙橋　ヨシ',NULL,'山形県酒田市本町二丁目2番45号','062049','1954-12-08','female','髙橋ヨシ',NULL,'山形県酒田市本町二丁目2番45号',1700658764003227,NULL);
INSERT INTO four_info VALUES(8,1,'渡邉　誠',NULL,'神奈川県横浜市港北区日吉本町一丁目20番16号','141003','1974-07-30','male','渡邉誠',NULL,'神奈川県横浜市港北区日吉本町一丁目20番16号',1700658764003227,NULL);
INSERT INTO four_info VALUES(9,1,'渡邉　文子',NULL,'神奈川県横浜市港北区日吉本町一丁目20番16号','141003','1943-03-03','female','渡邉文子',NULL,'神奈川県横浜市港北区日吉本町一丁目20番16号',1700658764003227,NULL);
INSERT INTO four_info VALUES(10,1,'NGUYEN THI LAN','グエン　ティ　ラン','沖縄県那覇市おもろまち三丁目6番11-302号','472018','1997-10-05','female','NGUYENTHILAN','グエンティラン','沖縄県那覇市おもろまち三丁目6番11-302号',1700658764003227,NULL);
INSERT INTO four_info VALUES(11,1,'TRAN VAN MINH','チャン　ヴァン　ミン','沖縄県那覇市おもろまち三丁目6番11-302号','472018','1995-04-18','male','TRANVANMINH','チャンヴァンミン','沖縄県那覇市おもろまち三丁目6番11-302号',1700658764003227,NULL);
INSERT INTO four_info VALUES(12,1,'葛󠄀城　隆',NULL,'京都府京都市中京区寺町通御池上る上本能寺前町488番地','261009','1966-06-06','male','葛󠄀城隆',NULL,'京都府京都市中京区寺町通御池上る上本能寺前町488番地',1700658764003227,NULL);
INSERT INTO four_info VALUES(13,1,'葛󠄀城　薫',NULL,'京都府京都市中京区寺町通御池上る上本能寺前町488番地','261009','1968-11-11','female','葛󠄀城薫',NULL,'京都府京都市中京区寺町通御池上る上本能寺前町488番地',1700658764003227,NULL);
INSERT INTO four_info VALUES(14,1,'葛󠄀城　彩',NULL,'京都府京都市中京区寺町通御池上る上本能寺前町488番地','261009','2001-02-14','female','葛󠄀城彩',NULL,'京都府京都市中京区寺町通御池上る上本能寺前町488番地',1700658764003227,NULL);
INSERT INTO four_info VALUES(15,1,'山﨑　大輔',NULL,'北海道札幌市北区北八条西五丁目8番','011002','1993-09-09','male','山﨑大輔',NULL,'北海道札幌市北区北八条西五丁目8番',1700658764003227,1792501964003227);
INSERT INTO four_info VALUES(15,2,'山﨑　大輔',NULL,'京都府京都市左京区吉田本町36番地1','261009','1993-09-09','male','山﨑大輔',NULL,'京都府京都市左京区吉田本町36番地1',1792501964003227,NULL);
INSERT INTO four_info VALUES(16,1,'佐々木　清',NULL,'北海道札幌市中央区北一条西二丁目1番地','011002','1947-04-29','male','佐々木清',NULL,'北海道札幌市中央区北一条西二丁目1番地',1700658764003227,NULL);
INSERT INTO four_info VALUES(17,1,'佐々木　トメ',NULL,'北海道札幌市中央区北一条西二丁目1番地','011002','1950-10-21','female','佐々木トメ',NULL,'北海道札幌市中央区北一条西二丁目1番地',1700658764003227,NULL);
INSERT INTO four_info VALUES(18,1,'齊藤　真由美',NULL,'北海道札幌市白石区本通一丁目南4番22号','011002','1990-03-26','female','齊藤真由美',NULL,'北海道札幌市白石区本通一丁目南4番22号',1700658764003227,1777122764003227);
INSERT INTO four_info VALUES(18,2,'齊藤　真由美',NULL,'沖縄県那覇市泉崎一丁目1番1-205号','472018','1990-03-26','female','齊藤真由美',NULL,'沖縄県那覇市泉崎一丁目1番1-205号',1777122764003227,NULL);
INSERT INTO four_info VALUES(19,1,'齊藤　蓮',NULL,'北海道札幌市白石区本通一丁目南4番22号','011002','2019-06-17','male','齊藤蓮',NULL,'北海道札幌市白石区本通一丁目南4番22号',1700658764003227,1777122764003227);
INSERT INTO four_info VALUES(19,2,'齊藤　蓮',NULL,'沖縄県那覇市泉崎一丁目1番1-205号','472018','2019-06-17','male','齊藤蓮',NULL,'沖縄県那覇市泉崎一丁目1番1-205号',1777122764003227,NULL);
INSERT INTO four_info VALUES(20,1,'齊藤　浩',NULL,'北海道札幌市白石区本通一丁目南4番22号','011002','1986-12-25','male','齊藤浩',NULL,'北海道札幌市白石区本通一丁目南4番22号',1700658764003227,NULL);
INSERT INTO four_info VALUES(21,1,'齋藤　ハル',NULL,'山形県酒田市日吉町一丁目3番16号','062049','1938-02-02','female','齋藤ハル',NULL,'山形県酒田市日吉町一丁目3番16号',1700658764003227,NULL);
INSERT INTO four_info VALUES(22,1,'𠮷田　幸子',NULL,'北海道札幌市豊平区平岸三条十丁目1番5号','011002','1969-08-15','female','𠮷田幸子',NULL,'北海道札幌市豊平区平岸三条十丁目1番5号',1700658764003227,NULL);
INSERT INTO four_info VALUES(23,1,'𠮷田　拓也',NULL,'北海道札幌市豊平区平岸三条十丁目1番5号','011002','1999-01-31','male','𠮷田拓也',NULL,'北海道札幌市豊平区平岸三条十丁目1番5号',1700658764003227,NULL);
INSERT INTO four_info VALUES(24,1,'渡邊　修',NULL,'神奈川県横浜市中区本町六丁目50番地の10','141003','1980-11-23','male','渡邊修',NULL,'神奈川県横浜市中区本町六丁目50番地の10',1700658764003227,NULL);
INSERT INTO four_info VALUES(25,1,'渡邊　恵',NULL,'神奈川県横浜市中区本町六丁目50番地の10','141003','1983-04-04','female','渡邊恵',NULL,'神奈川県横浜市中区本町六丁目50番地の10',1700658764003227,NULL);
INSERT INTO four_info VALUES(26,1,'渡邊　咲良',NULL,'神奈川県横浜市中区本町六丁目50番地の10','141003','2006-03-30','female','渡邊咲良',NULL,'神奈川県横浜市中区本町六丁目50番地の10',1700658764003227,NULL);
INSERT INTO four_info VALUES(27,1,'渡邊　陸',NULL,'神奈川県横浜市中区本町六丁目50番地の10','141003','2012-07-07','male','渡邊陸',NULL,'神奈川県横浜市中区本町六丁目50番地の10',1700658764003227,NULL);
INSERT INTO four_info VALUES(28,1,'渡邊　キヨ',NULL,'神奈川県横浜市中区本町六丁目50番地の10','141003','1948-05-20','female','渡邊キヨ',NULL,'神奈川県横浜市中区本町六丁目50番地の10',1700658764003227,NULL);
INSERT INTO four_info VALUES(29,1,'辻󠄀　一郎',NULL,'山形県酒田市中町三丁目7番16号','062049','1960-10-10','male','辻󠄀一郎',NULL,'山形県酒田市中町三丁目7番16号',1700658764003227,NULL);
INSERT INTO four_info VALUES(30,1,'辻󠄀　和子',NULL,'山形県酒田市中町三丁目7番16号','062049','1962-06-28','female','辻󠄀和子',NULL,'山形県酒田市中町三丁目7番16号',1700658764003227,NULL);
CREATE TABLE number_matches (
    match_hash BLOB PRIMARY KEY CHECK (length(match_hash) = 32),
    org TEXT NOT NULL,
    resident_id INTEGER NOT NULL REFERENCES residents,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO number_matches VALUES(X'0ddcb9005eff2e4a021caecc763ae11277eb2d7aebb25d81319d714186f0c45b','011002',23,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'145d13857a62470bfc642cd8b1931eeac47fc2432cd41504cb6f486c9134dd52','472018',10,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'4e2591eafda4668ac16f03c0ad1062181f8362482ce5d6d4360d0379138792a5','062049',29,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'6ab2af08b27c59e25d4ee1db0ade49809dbda18737dcc68ed20e1f53c609feb6','261009',12,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'6c97e07cfb3f57b938f887a8f7eab91fdfae40eeea16960460ebcc495c81bf5f','141003',24,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'7df942b33f1424287a2c354788de9bafe5fafe5cdee8487a5b6387ae49a40554','141003',26,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'81f32c021d00c6d1f7c04c061370d508763b0f6ca3404bcecd4144f28d93e296','472018',18,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'8d43926b4f9067ffb43c4dbd4aa1043493f3e7424fc99b744e5fb1d3ff7d8328','011002',17,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'96367cc5c1ac293ac2c51b5d7e6dda8a221ec407fc5ca71b69aa4301c62d835c','261009',15,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'a46d66f308e0801d66cf37e0874a0b97bef0313d65b8020e2e702dd261be750b','141003',8,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'ebc18eaa6b1f08d567dc494ac6e183027ee5a09da0a45d1a1627dbf38678da45','141003',3,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'ec5b30c56e4bee30c6cf26dd2e1f1574e08e3fdcb84629aa3b05aa7019d62ef4','141003',1,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'ee41190017d156df0ae3e0bb2a598d9f6b7e90dfd40ddb829422f3bc2e2b7457','011002',20,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'f0881671b94df83b4bc91867e83d9062ba99b24834930f89292dc1d3976b7254','261009',13,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'fca9720ae16fd2da101465027ce8234b27e1f8b8d631c2a30c450fc63f980043','062049',6,1795267364003227,1795266764003227);
INSERT INTO number_matches VALUES(X'ff464232d6321c60a16821959fb091a8e421cebd470d63a27cd88d243aae6071','141003',2,1795267364003227,1795266764003227);
CREATE TABLE jpki_notices (
    notice_id INTEGER PRIMARY KEY AUTOINCREMENT,
    resident_record_code TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('name_changed', 'address_changed', 'died', 'left')),
    happened_at INTEGER NOT NULL
) STRICT;
DELETE FROM sqlite_sequence;
CREATE INDEX residents_of_household ON residents (household_id);
CREATE UNIQUE INDEX four_info_current ON four_info (resident_id) WHERE superseded_at IS NULL;
CREATE INDEX four_info_by_birth_date ON four_info (birth_date, name_key) WHERE superseded_at IS NULL;
COMMIT;
