### ことばの辞書 第1版：根拠（事務）、機関、情報の種類。出したことばは変えない。変えるときは第2版を作る。

## 機関

org-141003 = 横浜市
org-141003-phrase = { org-141003 }
org-141003-about = 神奈川県にある市です。住民票、市の税金、国民健康保険、子育てや福祉の仕事をしています。

org-062049 = 酒田市
org-062049-phrase = { org-062049 }
org-062049-about = 山形県にある市です。住民票、市の税金、国民健康保険、子育てや福祉の仕事をしています。

org-261009 = 京都市
org-261009-phrase = { org-261009 }
org-261009-about = 京都府にある市です。住民票、市の税金、国民健康保険、子育てや福祉の仕事をしています。

org-472018 = 那覇市
org-472018-phrase = { org-472018 }
org-472018-about = 沖縄県にある市です。住民票、市の税金、国民健康保険、子育てや福祉の仕事をしています。

org-011002 = 札幌市
org-011002-phrase = { org-011002 }
org-011002-about = 北海道にある市です。住民票、市の税金、国民健康保険、子育てや福祉の仕事をしています。

org-NTA = 国税庁
org-NTA-phrase = { org-NTA }
org-NTA-about = 国の税金を集める役所です。所得税の申告や、給与の支払いの書類を受け取っています。

org-JPS = 日本年金機構
org-JPS-phrase = { org-JPS }
org-JPS-about = 国民年金と厚生年金の仕事をする公の機関です。加入の記録を持ち、年金を支払っています。

org-KYOKAI = 全国健康保険協会
org-KYOKAI-phrase = { org-KYOKAI }
org-KYOKAI-about = 「協会けんぽ」とも呼ばれます。主に中小企業で働く人と家族の健康保険の仕事をしています。

org-HELLOWORK = ハローワーク（厚生労働省）
org-HELLOWORK-phrase = ハローワーク
org-HELLOWORK-about = 公共職業安定所のことです。仕事の紹介と、雇用保険の給付の仕事をしています。

org-JASSO = 日本学生支援機構
org-JASSO-phrase = { org-JASSO }
org-JASSO-about = 独立行政法人です。大学などで学ぶ人に、奨学金を貸したり支給したりしています。

org-CORE = 情報連携基盤
org-CORE-phrase = { org-CORE }
org-CORE-about = 法令で認められた照会かを確かめて、機関のあいだの情報を取り次ぐ国のしくみです。情報の中身は読めません。

org-JLIS = 地方公共団体情報システム機構
org-JLIS-phrase = { org-JLIS }
org-JLIS-about = 都道府県と市区町村が共同で運営する組織です。マイナンバーカードを作る仕事などをしています。

org-JPKI = 公的個人認証サービス
org-JPKI-phrase = { org-JPKI }
org-JPKI-about = カードの電子証明書を出し、いまも有効かどうかを答えるしくみです。

org-REGISTER = 住民基本台帳ネットワークシステム
org-REGISTER-phrase = { org-REGISTER }
org-REGISTER-about = 住民票の氏名、住所、生年月日、性別を確かめるための、市区町村と都道府県のしくみです。

org-NUMBERS = 番号生成機関
org-NUMBERS-phrase = { org-NUMBERS }
org-NUMBERS-about = 一人に一つの個人番号（マイナンバー）を作るしくみです。

org-ISSUER = カードの発行窓口
org-ISSUER-phrase = { org-ISSUER }
org-ISSUER-about = マイナンバーカードと電子証明書を渡す、市区町村の窓口です。

org-PORTAL = マイ・ポータル
org-PORTAL-phrase = { org-PORTAL }
org-PORTAL-about = いま開いているこのサービスです。あなたが自分の情報とアクセス記録を確認できます。

## 情報の種類

kind-income = 所得の情報
kind-income-about = 1年間の収入から必要経費などを引いた金額です。

kind-local-tax = 住民税の情報
kind-local-tax-about = 都道府県と市区町村に納める住民税の金額と、そのもとになった所得です。

kind-resident-record = 住民票の情報
kind-resident-record-about = 氏名、住所、生年月日、性別、同じ世帯の人など、住民票に書かれていることです。

kind-pension-coverage = 年金の加入の情報
kind-pension-coverage-about = 国民年金や厚生年金に入っていた期間と、その種類です。

kind-pension-benefit = 年金の受け取りの情報
kind-pension-benefit-about = 受け取っている年金の種類と金額です。

kind-insurance-coverage = 健康保険の加入の情報
kind-insurance-coverage-about = どの健康保険に、いつから入っているかという情報です。

kind-injury-allowance = 傷病手当金の情報
kind-injury-allowance-about = 病気やけがで働けないあいだに健康保険から受け取るお金の期間と金額です。

kind-employment-benefit = 雇用保険の給付の情報
kind-employment-benefit-about = 仕事をやめたときなどに雇用保険から受け取るお金の期間と金額です。

kind-vaccination = 予防接種の情報
kind-vaccination-about = 受けた予防接種の種類と日付です。

kind-health-checkup = 健康診査の情報
kind-health-checkup-about = 市区町村が行う健康診査（健診）の日付と結果です。

kind-child-allowance = 児童手当の情報
kind-child-allowance-about = 児童手当を受け取っているかどうかと、その金額です。

kind-long-term-care = 介護保険の情報
kind-long-term-care-about = 介護保険の要介護度、保険料、自己負担の割合です。

kind-nhi = 国民健康保険の情報
kind-nhi-about = 国民健康保険に入っている期間と保険料です。

kind-disability-certificate = 障害者手帳の情報
kind-disability-certificate-about = 障害者手帳の種類と等級です。

kind-property-tax = 固定資産税の情報
kind-property-tax-about = 持っている土地や建物と、それにかかる固定資産税の金額です。

kind-scholarship = 奨学金の情報
kind-scholarship-about = 借りている、または支給を受けている奨学金の種類と金額です。

kind-access-records = アクセス記録
kind-access-records-about = どの機関が、いつ、何のために、あなたの情報を照会したかの記録です。

kind-correction-report = まちがいの知らせへの答え
kind-correction-report-about = あなたが「まちがいを知らせる」で知らせたことと、それへの機関の答えです。

## 根拠（事務）

bp-nhi-premium-reduction-business = 国民健康保険料の軽減に関する事務
bp-nhi-premium-reduction-purpose = { bp-nhi-premium-reduction-business }のため
bp-nhi-premium-reduction-basis = 国民健康保険法第76条（国民健康保険法施行令第29条の7）
bp-nhi-premium-reduction-procedure = 所得の低い世帯の国民健康保険料を軽くするための手続きです。
bp-nhi-premium-reduction-why = 国民健康保険法は、市区町村が世帯の所得に応じて保険料を決め、所得の低い世帯の保険料を軽くすると定めています。
bp-nhi-premium-reduction-decides = 国民健康保険料を軽くするかどうかと、その割合が決まります。
bp-nhi-premium-reduction-contact = { $requester }の国民健康保険の担当窓口

bp-child-allowance-business = 児童手当の支給に関する事務
bp-child-allowance-purpose = { bp-child-allowance-business }のため
bp-child-allowance-basis = 児童手当法第7条
bp-child-allowance-procedure = 子どもを育てている人に児童手当を支給するための手続きです。
bp-child-allowance-why = 児童手当法は、手当を受け取る資格と金額を、市区町村が認定すると定めています。
bp-child-allowance-decides = 児童手当を受け取れるかどうかと、その金額が決まります。
bp-child-allowance-contact = { $requester }の児童手当の担当窓口

bp-nhi-eligibility-business = 国民健康保険の加入と脱退に関する事務
bp-nhi-eligibility-purpose = { bp-nhi-eligibility-business }のため
bp-nhi-eligibility-basis = 国民健康保険法第6条・第9条
bp-nhi-eligibility-procedure = 国民健康保険に入るとき、やめるときの手続きです。
bp-nhi-eligibility-why = 国民健康保険法は、職場の健康保険に入っている人を国民健康保険から除くと定めていて、市区町村はその届け出を確かめます。
bp-nhi-eligibility-decides = 国民健康保険に入るのか、やめるのかと、その日付が決まります。
bp-nhi-eligibility-contact = { $requester }の国民健康保険の担当窓口

bp-pension-premium-exemption-business = 国民年金保険料の免除に関する事務
bp-pension-premium-exemption-purpose = { bp-pension-premium-exemption-business }のため
bp-pension-premium-exemption-basis = 国民年金法第90条
bp-pension-premium-exemption-procedure = 国民年金の保険料を納めるのが難しい人の保険料を免除するための手続きです。
bp-pension-premium-exemption-why = 国民年金法は、所得が一定の額より低い人などの申請を受けて、保険料を免除できると定めています。
bp-pension-premium-exemption-decides = 国民年金の保険料が免除になるかどうかと、その期間が決まります。
bp-pension-premium-exemption-contact = { $requester }（お近くの年金事務所）

bp-old-age-pension-business = 老齢年金の支給に関する事務
bp-old-age-pension-purpose = { bp-old-age-pension-business }のため
bp-old-age-pension-basis = 国民年金法第16条・厚生年金保険法第33条
bp-old-age-pension-procedure = 年をとったときの年金を受け取るための手続きです。
bp-old-age-pension-why = 国民年金法と厚生年金保険法は、年金を受ける権利を、請求を受けて国が確かめると定めています。
bp-old-age-pension-decides = 老齢年金を受け取れるかどうかが決まります。
bp-old-age-pension-contact = { $requester }（お近くの年金事務所）

bp-old-age-pension-adjustment-business = 老齢厚生年金と雇用保険の調整に関する事務
bp-old-age-pension-adjustment-purpose = { bp-old-age-pension-adjustment-business }のため
bp-old-age-pension-adjustment-basis = 厚生年金保険法附則第11条の5
bp-old-age-pension-adjustment-procedure = 老齢厚生年金と雇用保険の給付が重なるときに、年金を調整する手続きです。
bp-old-age-pension-adjustment-why = 厚生年金保険法は、65歳より前の老齢厚生年金を、雇用保険の給付を受けるあいだ止めると定めています。
bp-old-age-pension-adjustment-decides = 老齢厚生年金の支払いを一時止めるかどうかが決まります。
bp-old-age-pension-adjustment-contact = { $requester }（お近くの年金事務所）

bp-dependant-recognition-business = 健康保険の被扶養者の認定に関する事務
bp-dependant-recognition-purpose = { bp-dependant-recognition-business }のため
bp-dependant-recognition-basis = 健康保険法第3条第7項
bp-dependant-recognition-procedure = 家族として健康保険に入れるかを確かめる手続きです。
bp-dependant-recognition-why = 健康保険法は、加入者に生活を支えられている家族を被扶養者と定めていて、続き柄や収入を確かめる必要があります。
bp-dependant-recognition-decides = 家族として健康保険に入れるかどうかが決まります。
bp-dependant-recognition-contact = { $requester }（加入している支部）

bp-high-cost-medical-business = 高額療養費の支給に関する事務
bp-high-cost-medical-purpose = { bp-high-cost-medical-business }のため
bp-high-cost-medical-basis = 健康保険法第115条
bp-high-cost-medical-procedure = 医療費の自己負担が高くなったときに、払いすぎた分を戻す手続きです。
bp-high-cost-medical-why = 健康保険法は、1か月の自己負担が所得に応じた限度を超えた分を支給すると定めています。
bp-high-cost-medical-decides = 自己負担の限度額と、戻る金額が決まります。
bp-high-cost-medical-contact = { $requester }（加入している支部）

bp-injury-allowance-adjustment-business = 傷病手当金と年金の調整に関する事務
bp-injury-allowance-adjustment-purpose = { bp-injury-allowance-adjustment-business }のため
bp-injury-allowance-adjustment-basis = 健康保険法第108条
bp-injury-allowance-adjustment-procedure = 傷病手当金と年金が重なるときに、傷病手当金を調整する手続きです。
bp-injury-allowance-adjustment-why = 健康保険法は、同じ病気やけがで障害厚生年金などを受けるとき、傷病手当金を調整すると定めています。
bp-injury-allowance-adjustment-decides = 傷病手当金の金額が決まります。
bp-injury-allowance-adjustment-contact = { $requester }（加入している支部）

bp-employment-injury-benefit-business = 雇用保険の傷病手当の支給に関する事務
bp-employment-injury-benefit-purpose = { bp-employment-injury-benefit-business }のため
bp-employment-injury-benefit-basis = 雇用保険法第37条
bp-employment-injury-benefit-procedure = 仕事を探しているあいだに病気やけがをした人に、傷病手当を支給する手続きです。
bp-employment-injury-benefit-why = 雇用保険法は、健康保険の傷病手当金を受けられる日には、雇用保険の傷病手当を支給しないと定めています。
bp-employment-injury-benefit-decides = 雇用保険の傷病手当を受け取れるかどうかと、その日数が決まります。
bp-employment-injury-benefit-contact = { $requester }の雇用保険の窓口

bp-long-term-care-premium-business = 介護保険料の決定に関する事務
bp-long-term-care-premium-purpose = { bp-long-term-care-premium-business }のため
bp-long-term-care-premium-basis = 介護保険法第129条
bp-long-term-care-premium-procedure = 65歳以上の人の介護保険料を決める手続きです。
bp-long-term-care-premium-why = 介護保険法は、市区町村が所得などに応じて介護保険料を決めると定めています。
bp-long-term-care-premium-decides = 介護保険料の金額が決まります。
bp-long-term-care-premium-contact = { $requester }の介護保険の担当窓口

bp-long-term-care-burden-business = 介護サービスの自己負担の割合に関する事務
bp-long-term-care-burden-purpose = { bp-long-term-care-burden-business }のため
bp-long-term-care-burden-basis = 介護保険法第49条の2
bp-long-term-care-burden-procedure = 介護サービスを使ったときに自分で払う割合を決める手続きです。
bp-long-term-care-burden-why = 介護保険法は、所得が一定の額以上の人の自己負担を2割または3割にすると定めていて、年金の額も確かめます。
bp-long-term-care-burden-decides = 介護サービスの自己負担の割合（1割から3割）が決まります。
bp-long-term-care-burden-contact = { $requester }の介護保険の担当窓口

bp-child-rearing-allowance-business = 児童扶養手当の支給に関する事務
bp-child-rearing-allowance-purpose = { bp-child-rearing-allowance-business }のため
bp-child-rearing-allowance-basis = 児童扶養手当法第13条の2
bp-child-rearing-allowance-procedure = ひとり親の家庭などに児童扶養手当を支給するための手続きです。
bp-child-rearing-allowance-why = 児童扶養手当法は、公的年金を受けている人の手当を調整すると定めていて、年金の額を確かめる必要があります。
bp-child-rearing-allowance-decides = 児童扶養手当を受け取れるかどうかと、その金額が決まります。
bp-child-rearing-allowance-contact = { $requester }の児童扶養手当の担当窓口

bp-resident-tax-business = 住民税の課税に関する事務
bp-resident-tax-purpose = { bp-resident-tax-business }のため
bp-resident-tax-basis = 地方税法第325条
bp-resident-tax-procedure = 住民税の金額を決める手続きです。
bp-resident-tax-why = 地方税法は、市区町村が住民税を決めるために、国が持つ所得税の資料を見ることができると定めています。
bp-resident-tax-decides = 住民税の金額が決まります。
bp-resident-tax-contact = { $requester }の住民税の担当窓口

bp-public-assistance-business = 生活保護の決定に関する事務
bp-public-assistance-purpose = { bp-public-assistance-business }のため
bp-public-assistance-basis = 生活保護法第29条
bp-public-assistance-procedure = 生活に困っている人を支える生活保護を決める手続きです。
bp-public-assistance-why = 生活保護法は、保護を決めるために、収入などの資料の提供を役所などに求めることができると定めています。
bp-public-assistance-decides = 生活保護を受けられるかどうかと、その内容が決まります。
bp-public-assistance-contact = { $requester }の福祉事務所

bp-vaccination-business = 予防接種の実施に関する事務
bp-vaccination-purpose = { bp-vaccination-business }のため
bp-vaccination-basis = 予防接種法第5条
bp-vaccination-procedure = 市区町村が予防接種を行うための手続きです。
bp-vaccination-why = 予防接種法は、市区町村が決められた病気の予防接種を行うと定めていて、前に受けた接種を確かめる必要があります。
bp-vaccination-decides = 次に受ける予防接種の種類と時期が決まります。
bp-vaccination-contact = { $requester }の予防接種の担当窓口

bp-maternal-child-health-business = 母子の健康診査に関する事務
bp-maternal-child-health-purpose = { bp-maternal-child-health-business }のため
bp-maternal-child-health-basis = 母子保健法第19条の2
bp-maternal-child-health-procedure = 妊婦と子どもの健康診査や相談のための手続きです。
bp-maternal-child-health-why = 母子保健法は、引っ越してきた親子の健康診査の記録を、前の市区町村に求めることができると定めています。
bp-maternal-child-health-decides = これからの健康診査と、必要な支援が決まります。
bp-maternal-child-health-contact = { $requester }の母子保健の担当窓口

bp-public-housing-rent-business = 公営住宅の家賃に関する事務
bp-public-housing-rent-purpose = { bp-public-housing-rent-business }のため
bp-public-housing-rent-basis = 公営住宅法第16条
bp-public-housing-rent-procedure = 公営住宅の家賃を決める手続きです。
bp-public-housing-rent-why = 公営住宅法は、公営住宅の家賃を、入居者の収入などに応じて毎年決めると定めています。
bp-public-housing-rent-decides = 公営住宅の家賃が決まります。
bp-public-housing-rent-contact = { $requester }の公営住宅の担当窓口

bp-school-expense-aid-business = 就学援助に関する事務
bp-school-expense-aid-purpose = { bp-school-expense-aid-business }のため
bp-school-expense-aid-basis = 学校教育法第19条
bp-school-expense-aid-procedure = 小学校や中学校に通うための費用を援助する手続きです。
bp-school-expense-aid-why = 学校教育法は、経済的な理由で就学が難しい子どもの保護者を、市区町村が援助すると定めています。
bp-school-expense-aid-decides = 就学援助を受けられるかどうかが決まります。
bp-school-expense-aid-contact = { $requester }の教育委員会

bp-scholarship-business = 奨学金の支給と貸与に関する事務
bp-scholarship-purpose = { bp-scholarship-business }のため
bp-scholarship-basis = 独立行政法人日本学生支援機構法第13条
bp-scholarship-procedure = 大学などで学ぶ人に奨学金を支給し、または貸すための手続きです。
bp-scholarship-why = 独立行政法人日本学生支援機構法は、経済的な理由で修学が難しい学生に奨学金を出すことを機構の仕事と定めています。
bp-scholarship-decides = 奨学金を受けられるかどうかと、その金額が決まります。
bp-scholarship-contact = { $requester }の奨学金の相談窓口

bp-self-view-business = 自分の情報の確認
bp-self-view-purpose = { bp-self-view-business }のため
bp-self-view-basis = 番号法附則第6条第3項
bp-self-view-procedure = あなたが、マイ・ポータルで自分の情報を確認するための手続きです。
bp-self-view-why = 番号法は、自分の情報がいつだれに渡ったかを本人が確認できるしくみを、国が作ると定めています。
bp-self-view-decides = 情報を見るための手続きなので、これで決まることはありません。
bp-self-view-contact = マイ・ポータルの問い合わせ窓口

## 辞書にない記号：記号を見せず、登録がないと言う

unknown-bp-business = 名前の登録がない事務
unknown-bp-purpose = { unknown-bp-business }のため
unknown-bp-basis = 名前の登録がない法令
unknown-bp-procedure = この画面の辞書に、この手続きの名前の登録がありません。
unknown-bp-why = この画面の辞書に、この手続きの法令の登録がないため、見てよい理由をここでは説明できません。
unknown-bp-decides = この手続きで何が決まるかは、この画面ではわかりません。
unknown-bp-contact = 照会した機関（{ $requester }）の窓口

unknown-org = 名前の登録がない機関
unknown-org-phrase = { unknown-org }
unknown-org-about = この画面の辞書に、この機関の名前の登録がありません。整理番号を伝えると、お問い合わせ先で調べられます。

unknown-municipality = 名前の登録がない市区町村
unknown-municipality-phrase = { unknown-municipality }
unknown-municipality-about = この画面の辞書に、この市区町村の名前の登録がありません。整理番号を伝えると、お問い合わせ先で調べられます。

unknown-kind = 種類の名前の登録がない情報
unknown-kind-about = この画面の辞書に、この情報の種類の名前の登録がありません。
