### ことばの辞書 第1版、やさしい日本語。出したことばは変えない。

## 機関

org-141003 = 横浜市
org-141003-phrase = { org-141003 }
org-141003-about = 神奈川県（かながわけん）にある市です。市にすむ人の手続きをします。

org-062049 = 酒田市
org-062049-phrase = { org-062049 }
org-062049-about = 山形県（やまがたけん）にある市です。市にすむ人の手続きをします。

org-261009 = 京都市
org-261009-phrase = { org-261009 }
org-261009-about = 京都府（きょうとふ）にある市です。市にすむ人の手続きをします。

org-472018 = 那覇市
org-472018-phrase = { org-472018 }
org-472018-about = 沖縄県（おきなわけん）にある市です。市にすむ人の手続きをします。

org-011002 = 札幌市
org-011002-phrase = { org-011002 }
org-011002-about = 北海道（ほっかいどう）にある市です。市にすむ人の手続きをします。

org-NTA = 国税庁
org-NTA-phrase = { org-NTA }
org-NTA-about = 国の税金（ぜいきん）をあつめる役所です。

org-JPS = 日本年金機構
org-JPS-phrase = { org-JPS }
org-JPS-about = 年金（年をとったときなどのお金）の仕事をします。

org-KYOKAI = 全国健康保険協会
org-KYOKAI-phrase = { org-KYOKAI }
org-KYOKAI-about = 会社ではたらく人の健康保険の仕事をします。「協会けんぽ」ともいいます。

org-HELLOWORK = ハローワーク
org-HELLOWORK-phrase = { org-HELLOWORK }
org-HELLOWORK-about = 仕事をさがす人をたすける役所です。仕事がないときのお金も出します。

org-JASSO = 日本学生支援機構
org-JASSO-phrase = { org-JASSO }
org-JASSO-about = 大学などで勉強する人に、お金を出したり、かしたりします。

org-CORE = 情報連携基盤
org-CORE-phrase = { org-CORE }
org-CORE-about = 役所と役所の情報をつなぐ、国のしくみです。情報の中は読めません。

org-JLIS = 地方公共団体情報システム機構
org-JLIS-phrase = { org-JLIS }
org-JLIS-about = マイナンバーカードを作る仕事などをします。

org-JPKI = 公的個人認証サービス
org-JPKI-phrase = { org-JPKI }
org-JPKI-about = カードの電子証明書（本人だとしめすデータ）を出します。

org-REGISTER = 住民基本台帳ネットワークシステム
org-REGISTER-phrase = { org-REGISTER }
org-REGISTER-about = 住民票（どこにすんでいるかの記録）をたしかめるしくみです。

org-NUMBERS = 番号生成機関
org-NUMBERS-phrase = { org-NUMBERS }
org-NUMBERS-about = マイナンバー（一人に一つの番号）を作ります。

org-ISSUER = カードの窓口
org-ISSUER-phrase = { org-ISSUER }
org-ISSUER-about = マイナンバーカードをわたす、市や区や町や村のまどぐちです。

org-PORTAL = マイ・ポータル
org-PORTAL-phrase = { org-PORTAL }
org-PORTAL-about = いま見ている、このサービスです。自分の情報を見ることができます。

## 情報の種類

kind-income = 所得（もらったお金）の情報
kind-income-about = 1年にもらったお金から、かかったお金をひいた数です。

kind-local-tax = 住民税（市の税金）の情報
kind-local-tax-about = 市などにはらう税金の数です。もらったお金の数もあります。

kind-resident-record = 住民票（住所の記録）の情報
kind-resident-record-about = 名前、住所、生まれた日、いっしょにすむ人のことです。

kind-pension-coverage = 年金に入った記録
kind-pension-coverage-about = いつ、どの年金（ねんきん）に入っていたかの記録です。

kind-pension-benefit = 年金のお金の情報
kind-pension-benefit-about = どの年金（ねんきん）のお金を、いくらもらっているかです。

kind-insurance-coverage = 健康保険に入った記録
kind-insurance-coverage-about = どの健康保険に、いつから入っているかの記録です。

kind-injury-allowance = 傷病手当金の情報
kind-injury-allowance-about = 病気で仕事を休むときに、健康保険が出すお金のことです。

kind-employment-benefit = 雇用保険のお金の情報
kind-employment-benefit-about = 仕事がないときなどに、国が出すお金のことです。

kind-vaccination = 予防接種（注射）の記録
kind-vaccination-about = どの予防接種（よぼうせっしゅ）を、いつ受けたかの記録です。

kind-health-checkup = 健診の記録
kind-health-checkup-about = 健診（体をしらべること）をした日と、その結果です。

kind-child-allowance = 児童手当のお金の情報
kind-child-allowance-about = 児童手当（子どもをそだてる人のお金）をもらっているかです。

kind-long-term-care = 介護保険の情報
kind-long-term-care-about = 介護保険（年をとった人をたすける保険）の記録です。

kind-nhi = 国民健康保険の情報
kind-nhi-about = 国民健康保険（病気のときのための保険）の記録です。

kind-disability-certificate = 障害者手帳の情報
kind-disability-certificate-about = 障害者手帳（しょうがいしゃてちょう）の種類です。

kind-property-tax = 固定資産税の情報
kind-property-tax-about = 家や土地にかかる税金のことです。

kind-scholarship = 奨学金の情報
kind-scholarship-about = 勉強のために、もらったお金、かりたお金のことです。

kind-access-records = アクセス記録
kind-access-records-about = だれが、いつ、何のために、あなたの情報をきいたかの記録です。

kind-correction-report = 「まちがいがあります」への返事
kind-correction-report-about = あなたが知らせたまちがいと、それへの返事です。

## 根拠（手続き）

bp-nhi-premium-reduction-business = 国民健康保険のお金を安くする手続き
bp-nhi-premium-reduction-purpose = 健康保険のお金を安くできるか、しらべるためです。
bp-nhi-premium-reduction-basis = 国民健康保険法第76条（国民健康保険法施行令第29条の7）
bp-nhi-premium-reduction-procedure = 国民健康保険（病気のときのための保険）のお金を安くする手続きです。
bp-nhi-premium-reduction-why = 法律は、もらうお金が少ない人の保険のお金を安くする、と決めています。
bp-nhi-premium-reduction-decides = 保険のお金を、どれだけ安くするかが決まります。
bp-nhi-premium-reduction-contact = { $requester }の、国民健康保険のまどぐち

bp-child-allowance-business = 児童手当（子どものためのお金）の手続き
bp-child-allowance-purpose = 児童手当（子どものためのお金）を決めるためです。
bp-child-allowance-basis = 児童手当法第7条
bp-child-allowance-procedure = 子どもをそだてる人に、お金（児童手当）を出す手続きです。
bp-child-allowance-why = 法律は、市などが、だれにいくら出すかを決める、と決めています。
bp-child-allowance-decides = 児童手当をもらえるか、いくらかが決まります。
bp-child-allowance-contact = { $requester }の、児童手当のまどぐち

bp-nhi-eligibility-business = 国民健康保険に入る、やめる手続き
bp-nhi-eligibility-purpose = 国民健康保険に入る人かどうか、しらべるためです。
bp-nhi-eligibility-basis = 国民健康保険法第6条・第9条
bp-nhi-eligibility-procedure = 国民健康保険（病気のときのための保険）に入る、やめる手続きです。
bp-nhi-eligibility-why = 法律は、会社の健康保険に入った人は、国民健康保険をやめる、と決めています。
bp-nhi-eligibility-decides = 国民健康保険に入るか、やめるかと、その日が決まります。
bp-nhi-eligibility-contact = { $requester }の、国民健康保険のまどぐち

bp-pension-premium-exemption-business = 国民年金のお金をはらわない手続き
bp-pension-premium-exemption-purpose = 年金のお金をはらわなくていいか、しらべるためです。
bp-pension-premium-exemption-basis = 国民年金法第90条
bp-pension-premium-exemption-procedure = 国民年金（年をとったときのお金）のための手続きです。はらうのがむずかしい人が使います。
bp-pension-premium-exemption-why = 法律は、もらうお金が少ない人は、はらわなくていい、と決めています。
bp-pension-premium-exemption-decides = 年金のお金をはらわなくていいか、いつまでかが決まります。
bp-pension-premium-exemption-contact = { $requester }（ちかくの年金事務所）

bp-old-age-pension-business = 年金（年をとったときのお金）の手続き
bp-old-age-pension-purpose = 年金（年をとったときのお金）を出すためです。
bp-old-age-pension-basis = 国民年金法第16条・厚生年金保険法第33条
bp-old-age-pension-procedure = 年をとったときのお金（年金）をもらう手続きです。
bp-old-age-pension-why = 法律は、年金をもらえる人かどうか、国がしらべる、と決めています。
bp-old-age-pension-decides = 年金をもらえるかが決まります。
bp-old-age-pension-contact = { $requester }（ちかくの年金事務所）

bp-old-age-pension-adjustment-business = 年金と雇用保険のお金をくらべる手続き
bp-old-age-pension-adjustment-purpose = 年金と、仕事がないときのお金を、くらべるためです。
bp-old-age-pension-adjustment-basis = 厚生年金保険法附則第11条の5
bp-old-age-pension-adjustment-procedure = 年金と、雇用保険のお金を、両方もらう人の手続きです。
bp-old-age-pension-adjustment-why = 法律は、雇用保険のお金をもらうあいだ、年金を止める、と決めています。
bp-old-age-pension-adjustment-decides = 年金を、しばらく止めるかどうかが決まります。
bp-old-age-pension-adjustment-contact = { $requester }（ちかくの年金事務所）

bp-dependant-recognition-business = 家族として健康保険に入る手続き
bp-dependant-recognition-purpose = 家族として健康保険に入れるか、しらべるためです。
bp-dependant-recognition-basis = 健康保険法第3条第7項
bp-dependant-recognition-procedure = 家族として健康保険（病気のときのための保険）に入る手続きです。
bp-dependant-recognition-why = 法律は、どんな家族が保険に入れるかを、決めています。
bp-dependant-recognition-decides = 家族として健康保険に入れるかが決まります。
bp-dependant-recognition-contact = { $requester }（入っている支部）

bp-high-cost-medical-business = 高い病院のお金を返す手続き
bp-high-cost-medical-purpose = 病院のお金が高いとき、返すお金を決めるためです。
bp-high-cost-medical-basis = 健康保険法第115条
bp-high-cost-medical-procedure = 病院ではらったお金が高いとき、すこし返す手続きです。
bp-high-cost-medical-why = 法律は、たくさんはらった人に、お金を返す、と決めています。
bp-high-cost-medical-decides = 返すお金が、いくらかが決まります。
bp-high-cost-medical-contact = { $requester }（入っている支部）

bp-injury-allowance-adjustment-business = 病気で休むときのお金と年金をくらべる手続き
bp-injury-allowance-adjustment-purpose = 休んだときのお金と年金を、くらべるためです。
bp-injury-allowance-adjustment-basis = 健康保険法第108条
bp-injury-allowance-adjustment-procedure = 病気で仕事を休むときのお金と、年金を、くらべる手続きです。
bp-injury-allowance-adjustment-why = 法律は、年金をもらう人の、休んだときのお金をへらす、と決めています。
bp-injury-allowance-adjustment-decides = 病気で休むときのお金が、いくらかが決まります。
bp-injury-allowance-adjustment-contact = { $requester }（入っている支部）

bp-employment-injury-benefit-business = 病気で仕事をさがせないときのお金の手続き
bp-employment-injury-benefit-purpose = 病気で仕事をさがせない人に、お金を出すためです。
bp-employment-injury-benefit-basis = 雇用保険法第37条
bp-employment-injury-benefit-procedure = 病気やけがで、仕事をさがせない人に、お金を出す手続きです。
bp-employment-injury-benefit-why = 法律は、健康保険のお金をもらう日には出さない、と決めています。
bp-employment-injury-benefit-decides = お金を出すか、何日分かが決まります。
bp-employment-injury-benefit-contact = { $requester }の、雇用保険のまどぐち

bp-long-term-care-premium-business = 介護保険のお金を決める手続き
bp-long-term-care-premium-purpose = 介護保険のお金を決めるためです。
bp-long-term-care-premium-basis = 介護保険法第129条
bp-long-term-care-premium-procedure = 介護保険（年をとった人をたすける保険）のお金を決める手続きです。
bp-long-term-care-premium-why = 法律は、もらうお金を見て、市などが決める、と決めています。
bp-long-term-care-premium-decides = 介護保険のお金が、いくらかが決まります。
bp-long-term-care-premium-contact = { $requester }の、介護保険のまどぐち

bp-long-term-care-burden-business = 介護で自分がはらうお金を決める手続き
bp-long-term-care-burden-purpose = 介護で自分がはらうお金を決めるためです。
bp-long-term-care-burden-basis = 介護保険法第49条の2
bp-long-term-care-burden-procedure = 介護のサービスで、自分がはらうお金を決める手続きです。
bp-long-term-care-burden-why = 法律は、もらうお金が多い人は、多くはらう、と決めています。
bp-long-term-care-burden-decides = 自分がはらうお金の割合（どれだけか）が決まります。
bp-long-term-care-burden-contact = { $requester }の、介護保険のまどぐち

bp-child-rearing-allowance-business = 児童扶養手当（ひとり親のお金）の手続き
bp-child-rearing-allowance-purpose = 児童扶養手当（ひとり親のお金）を決めるためです。
bp-child-rearing-allowance-basis = 児童扶養手当法第13条の2
bp-child-rearing-allowance-procedure = ひとりで子どもをそだてる人などに、お金を出す手続きです。
bp-child-rearing-allowance-why = 法律は、年金をもらう人には、その分をへらす、と決めています。
bp-child-rearing-allowance-decides = 児童扶養手当をもらえるか、いくらかが決まります。
bp-child-rearing-allowance-contact = { $requester }の、児童扶養手当のまどぐち

bp-resident-tax-business = 住民税（市の税金）を決める手続き
bp-resident-tax-purpose = 住民税（市の税金）を決めるためです。
bp-resident-tax-basis = 地方税法第325条
bp-resident-tax-procedure = 住民税（すんでいる市などにはらう税金）を決める手続きです。
bp-resident-tax-why = 法律は、市などが、国の税金の記録を見ていい、と決めています。
bp-resident-tax-decides = 住民税が、いくらかが決まります。
bp-resident-tax-contact = { $requester }の、住民税のまどぐち

bp-public-assistance-business = 生活保護（くらしをたすけるお金）の手続き
bp-public-assistance-purpose = 生活保護（くらしをたすけるお金）を決めるためです。
bp-public-assistance-basis = 生活保護法第29条
bp-public-assistance-procedure = お金がなくて、こまっている人をたすける手続きです。
bp-public-assistance-why = 法律は、もらうお金の記録を、役所にきいていい、と決めています。
bp-public-assistance-decides = 生活保護をうけられるか、いくらかが決まります。
bp-public-assistance-contact = { $requester }の、福祉事務所

bp-vaccination-business = 予防接種（病気をふせぐ注射）の手続き
bp-vaccination-purpose = 予防接種（病気をふせぐ注射）のためです。
bp-vaccination-basis = 予防接種法第5条
bp-vaccination-procedure = 市などが、予防接種（病気をふせぐ注射）をする手続きです。
bp-vaccination-why = 法律は、市などが予防接種をする、と決めています。
bp-vaccination-decides = つぎの予防接種を、いつするかが決まります。
bp-vaccination-contact = { $requester }の、予防接種のまどぐち

bp-maternal-child-health-business = お母さんと子どもの健診の手続き
bp-maternal-child-health-purpose = お母さんと子どもの健診のためです。
bp-maternal-child-health-basis = 母子保健法第19条の2
bp-maternal-child-health-procedure = お母さんと子どもの健診（体をしらべること）の手続きです。
bp-maternal-child-health-why = 法律は、前の市などに、健診の記録をきいていい、と決めています。
bp-maternal-child-health-decides = つぎの健診と、お手つだいの内容が決まります。
bp-maternal-child-health-contact = { $requester }の、お母さんと子どものまどぐち

bp-public-housing-rent-business = 公営住宅（市などの家）の家賃の手続き
bp-public-housing-rent-purpose = 市などの家の家賃を決めるためです。
bp-public-housing-rent-basis = 公営住宅法第16条
bp-public-housing-rent-procedure = 公営住宅（市などの家）の家賃（家のお金）を決める手続きです。
bp-public-housing-rent-why = 法律は、もらうお金を見て、家賃を毎年決める、と決めています。
bp-public-housing-rent-decides = 家賃が、いくらかが決まります。
bp-public-housing-rent-contact = { $requester }の、公営住宅のまどぐち

bp-school-expense-aid-business = 学校のお金をたすける手続き
bp-school-expense-aid-purpose = 学校のお金をたすけるか、決めるためです。
bp-school-expense-aid-basis = 学校教育法第19条
bp-school-expense-aid-procedure = 小学校や中学校のお金（給食など）をたすける手続きです。
bp-school-expense-aid-why = 法律は、お金にこまっている家を、市などがたすける、と決めています。
bp-school-expense-aid-decides = 学校のお金をたすけるかが決まります。
bp-school-expense-aid-contact = { $requester }の、教育委員会

bp-scholarship-business = 奨学金（勉強するためのお金）の手続き
bp-scholarship-purpose = 奨学金（勉強するためのお金）を決めるためです。
bp-scholarship-basis = 独立行政法人日本学生支援機構法第13条
bp-scholarship-procedure = 大学などで勉強する人に、お金を出す手続きです。
bp-scholarship-why = 法律は、お金にこまっている学生をたすける、と決めています。
bp-scholarship-decides = 奨学金をもらえるか、いくらかが決まります。
bp-scholarship-contact = { $requester }の、奨学金のまどぐち

bp-self-view-business = 自分の情報を見ること
bp-self-view-purpose = 自分の情報を、自分で見るためです。
bp-self-view-basis = 番号法附則第6条第3項
bp-self-view-procedure = あなたが、マイ・ポータルで、自分の情報を見る手続きです。
bp-self-view-why = 法律は、自分の情報を見るしくみを、国が作る、と決めています。
bp-self-view-decides = 見るための手続きです。これで決まることは、ありません。
bp-self-view-contact = マイ・ポータルのまどぐち

## 辞書にないもの

unknown-bp-business = 名前の登録がない手続き
unknown-bp-purpose = 何のためかは、この画面ではわかりません。
unknown-bp-basis = 名前の登録がない法令
unknown-bp-procedure = この手続きの名前は、まだ、この画面にありません。
unknown-bp-why = この手続きのきまり（法律）は、まだ、この画面にありません。
unknown-bp-decides = 何が決まるかは、この画面ではわかりません。
unknown-bp-contact = { $requester }のまどぐち

unknown-org = 名前の登録がない機関
unknown-org-phrase = { unknown-org }
unknown-org-about = この機関の名前は、まだ、この画面にありません。

unknown-municipality = 名前の登録がない市区町村
unknown-municipality-phrase = { unknown-municipality }
unknown-municipality-about = この市（または町や村）の名前は、まだ、この画面にありません。

unknown-kind = 名前の登録がない情報
unknown-kind-about = この情報の名前は、まだ、この画面にありません。
