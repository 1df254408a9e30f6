"""What do people write for each measure? A table: words (a regular expression), and the measures that they may mean.

The rows of SPECIFIC narrow down; those of UNSPECIFIC (投入, 资金) leave all of their measures open. To teach a new way
of speaking, add a row or a word here; the labels of the ontology count as specific words without a row.
"""

from __future__ import annotations

AID = ("fiscal-aid", "grant-aid", "fiscal-and-social-aid", "project-funds", "social-aid")
MONEY = (*AID, "project-investment", "construction-investment", "industry-aid")
INVESTMENT = ("enterprise-investment", "investment-arrived", "investment-agreed", "project-investment")
OFFICIALS = ("officials-posted", "staff-posted")
WORKERS = ("rural-workers-employed", "labour-exported", "workers-moved", "labour-absorbed", "jobs")

SPECIFIC: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"县均\w{0,6}(?:援助|资金|财政)|per county", ("aid-per-county",)),
    (
        r"财政\w{0,4}(?:援助|帮扶|协作|资金|投入)|(?:各级|市级|省级|县级|本级)财政"
        r"|fiscal|public (?:aid|fund)|government fund",
        ("fiscal-aid", "fiscal-and-social-aid", "grant-aid"),
    ),
    (r"财政和?(?:及|与|、)?社会|财政援助和社会帮扶", ("fiscal-and-social-aid",)),
    (r"无偿|grant", ("grant-aid", "fiscal-aid")),
    (
        r"社会(?:帮扶|捐|力量|各界|资金|援助)|捐(?:款|资|助|赠|献)|款物|donat|social (?:aid|fund|assist)|charit",
        ("social-aid", "donations-in-kind", "grant-aid", "fiscal-and-social-aid"),
    ),
    (r"捐赠物资|物资折|in kind", ("donations-in-kind", "social-aid")),
    (
        r"(?:援助|帮扶|协作|支援|援建|对口|扶持|援藏|援疆|援青|扶贫)\w{0,4}(?:资金|款)"
        r"|aid money|aid funds?|assistance (?:fund|money)",
        (*AID, "project-investment", "industry-aid"),
    ),
    (r"产业\w{0,3}(?:资金|援助)|资金\w{0,6}用于产业|for industry", ("industry-aid", "project-funds", "fiscal-aid")),
    (
        r"项目(?:总)?投资|总投资|total investment",
        ("project-investment", "construction-investment", "investment-agreed", "enterprise-investment"),
    ),
    (
        r"重建|援建(?:资金|投资|投入)?|reconstruct",
        (
            "construction-investment",
            "project-funds",
            "project-investment",
            "grant-aid",
            "projects-completed",
            "aid-projects",
            "projects-started",
            "homes-built",
            "schools-built",
            "fiscal-aid",
        ),
    ),
    (
        r"(?:实际)?到位|arrived|paid[- ]in",
        ("investment-arrived", "enterprise-investment", "project-funds", "fiscal-aid"),
    ),
    (
        r"签约|协议(?:投资|金额|资金|引资)|意向|agreed|signed",
        ("investment-agreed", "agreements-signed", "investment-projects", "contract-value", "trade-volume"),
    ),
    (
        r"企业\w{0,6}投资|投资额|完成投资|引资|招商|引进资金"
        r"|(?:enterprise|compan|business|corporate|private)\w*\s(?:\w+\s){0,3}invest|investment (?:by|from)",
        (*INVESTMENT, "construction-investment", "fixed-investment", "social-investment"),
    ),
    (
        r"消费(?:帮扶|扶贫|协作)|销售|采购|购买|农(?:特|副|畜)?产品|purchas|sales|sold|bought|consum",
        ("consumption-sales", "trade-volume"),
    ),
    (r"劳务收入|工资|打工收入|劳务(?:费|报酬)|wage|income from labour", ("wage-income",)),
    (
        r"人均\w{0,8}收入|可支配收入|纯收入|income per|per capita income|annual income",
        ("income-per-head", "income-ratio"),
    ),
    (r"产值|output value", ("output-value",)),
    (r"生产总值|GDP|经济总量", ("gdp", "gdp-per-capita-ratio")),
    (r"直接经济损失|direct (?:economic )?loss", ("direct-loss",)),
    (r"配套资金|matching", ("matching-funds",)),
    (r"合同(?:额|金额|价)", ("contract-value",)),
    (
        r"干部人才|干部和(?:专业)?(?:技术)?人才|干部(?:、|及|与)\w{0,8}(?:人才|人员|教师|医生)|援(?:藏|疆|青)(?:干部)?人才"
        r"|(?:cadres|officials) and (?:professional|specialist|talent|expert)",
        ("staff-posted", "officials-posted", "staff-exchanged", "professionals-posted"),
    ),
    (r"互派|互换|交流挂职|exchang", ("officials-exchanged", "professionals-exchanged", "staff-exchanged")),
    (
        r"(?:选派|派出|派遣|派驻|派|选送|援派|增派|挂职|援藏|援疆|援青|帮扶|党政|驻村|扶贫|工作队|支援)\w{0,10}干部|干部|officials|cadres",
        ("officials-posted", "staff-posted", "officials-exchanged", "officials-received"),
    ),
    (
        r"(?:受援|西部|贫困地区|到东部|赴东部)\w{0,8}干部|干部到\w{0,6}(?:挂职|学习|跟岗)|来\w{0,4}挂职",
        ("officials-received", "officials-exchanged", "professionals-received"),
    ),
    (
        r"专业技术人(?:才|员)|专技人(?:才|员)|技术人(?:才|员)|专业人(?:才|员)|专家|professionals|specialists|technical|technicians|experts",
        ("professionals-posted", "staff-posted", "professionals-exchanged", "doctors-posted", "professionals-received"),
    ),
    (r"教师|老师|支教|校长|teacher", ("teachers-posted", "professionals-posted", "people-trained")),
    (
        r"医生|医护|医疗队|医务|医疗专家|护士|doctor|medic|nurse",
        ("doctors-posted", "professionals-posted", "builders-sent"),
    ),
    (r"志愿者|volunteer", ("volunteers",)),
    (r"培训班|training course", ("training-courses",)),
    (r"培训|轮训|train(?:ed|ing)", ("people-trained", "training-courses")),
    (r"第?\w{0,2}批(?:次)?|batch", ("batches",)),
    (r"转移就业|劳动力|务工|就业|劳务|用工|岗位|workers|jobs|labour|labor|employ", WORKERS),
    (r"劳务(?:输出|协作|输转)|输出", ("labour-exported", "workers-moved", "rural-workers-employed")),
    (r"就业岗位|岗位|jobs", ("jobs",)),
    (r"吸纳", ("labour-absorbed", "rural-workers-employed", "jobs")),
    (
        r"脱贫(?:人口|人数|群众)|(?:助|帮助|带动|实现|使)\w{0,14}(?:脱贫|脱困)|脱贫$"
        r"|lifted|out of poverty|shake off poverty",
        ("people-lifted", "beneficiaries", "people-helped"),
    ),
    (r"贫困人口|poor (?:people|population)", ("poor-population", "people-lifted", "beneficiaries", "poverty-rate")),
    (r"贫困发生率|poverty (?:rate|headcount)", ("poverty-rate",)),
    (r"受益|惠及|benefi", ("beneficiaries", "households-benefited", "people-helped")),
    (r"受助学生|学生|students?|pupils", ("students", "beneficiaries", "school-places")),
    (r"学位|school places", ("school-places",)),
    (r"移民|搬迁|resettle|migrants", ("people-resettled",)),
    (r"户", ("households-benefited", "homes-built", "people-resettled")),
    (r"互访|考察|来访|visits?\b|党政代表团", ("official-visits",)),
    (r"联席会议|joint meeting", ("joint-meetings",)),
    (
        r"(?:引导|引进|引入|落户|入驻|落地|吸引|招引|动员|带动|新增)\w{0,12}(?:企业|公司|商户)|企业(?:落户|入驻|投资)|enterprises?|compan(?:y|ies)|firms",
        ("enterprises-guided", "enterprises-present", "enterprises-engaged", "paired-enterprises"),
    ),
    (
        r"企业|商户|公司",
        (
            "enterprises-guided",
            "enterprises-present",
            "enterprises-engaged",
            "paired-enterprises",
            "enterprises-closed",
        ),
    ),
    (r"关停|关闭|clos(?:ed|ing)", ("enterprises-closed",)),
    (r"产业园|园区|工业园|合作园|industrial parks?|parks", ("industrial-parks", "county-parks", "city-parks")),
    (r"(?:帮扶|扶贫|就业)车间|workshops?", ("workshops",)),
    (r"示范村|model villages?", ("demonstration-villages",)),
    (r"贫困村\w{0,6}(?:出列|退出)|出列", ("villages-delisted",)),
    (r"结对\w{0,6}村|村\w{0,2}结对|村\w{0,6}社区", ("paired-villages", "villages-helped")),
    (
        r"村(?!镇)|villages?",
        ("villages-helped", "paired-villages", "demonstration-villages", "poor-villages", "villages-delisted"),
    ),
    (r"(?:乡镇|镇|街道|乡)|townships?|towns", ("paired-townships",)),
    (r"摘帽|退出贫困县|脱贫摘帽|delist|removed from", ("counties-delisted",)),
    (r"重点帮扶县|key counties", ("key-counties", "recipient-counties")),
    (
        r"贫困(?:县|旗县|区县)|poor counties|poverty-stricken counties|impoverished counties",
        ("recipient-counties", "counties-delisted", "poor-counties"),
    ),
    (
        r"受援(?:县|旗县|区县|地区)|(?:个|对|与|帮扶)\w{0,6}(?:县|旗|旗县)|县|旗|counties|county|banners",
        ("recipient-counties", "paired-counties", "counties-delisted", "supporting-counties", "recipient-units"),
    ),
    (
        r"区(?:县|市)?(?!域|块|间|位)|districts",
        ("supporting-counties", "recipient-counties", "paired-counties", "supporting-parties"),
    ),
    (
        r"(?:市|州|地区|盟)(?:州)?|cities|prefectures",
        (
            "supporting-cities",
            "recipient-prefectures",
            "supporting-parties",
            "recipient-units",
            "autonomous-prefectures",
        ),
    ),
    (r"自治州|autonomous prefectures", ("autonomous-prefectures", "recipient-prefectures")),
    (
        r"省(?:份|市|区)?|直辖市|provinces?|provincial-level",
        ("supporting-provinces", "recipient-provinces", "supporting-parties"),
    ),
    (
        r"支援方|帮扶方|央企|中央企业|单位|supporting (?:parties|units)|supporters",
        ("supporting-parties", "recipient-units", "supporting-provinces"),
    ),
    (
        r"合作项目|经济(?:技术)?(?:合作|协作)项目|协作项目|产业项目|引进项目|签约项目|business projects",
        ("investment-projects", "aid-projects", "projects-planned", "projects-completed"),
    ),
    (
        r"(?:援助|帮扶|援建|支援|协作|对口|扶贫|援藏|援疆|援青|实施|建设|民生)\w{0,10}项目|aid projects|projects?",
        ("aid-projects", "projects-completed", "projects-planned", "projects-started", "investment-projects"),
    ),
    (r"项目", ("aid-projects", "investment-projects", "projects-completed", "projects-planned", "projects-started")),
    (r"开工|started", ("projects-started", "aid-projects")),
    (
        r"(?:竣工|完工|完成|建成|交付)\w{0,8}项目|项目\w{0,8}(?:竣工|完工|完成|建成|交付)|complet",
        ("projects-completed", "aid-projects"),
    ),
    (r"协议|agreements?", ("agreements-signed",)),
    (
        r"(?:建|修|新)\w{0,8}(?:学校|中学|小学|希望)|学校|schools?",
        ("schools-built", "paired-schools", "kindergartens-built"),
    ),
    (r"结对\w{0,6}(?:学校|校)|(?:学校|校)\w{0,6}结对|paired schools|twinned schools", ("paired-schools",)),
    (
        r"结对\w{0,8}(?:医院|卫生院|医疗)|(?:医院|医疗机构)\w{0,6}结对|医院|医疗机构|hospitals?",
        ("paired-hospitals", "health-facilities-built", "hospitals-upgraded"),
    ),
    (r"卫生院|卫生室|clinics?|health (?:facilit|centre|center)", ("health-facilities-built", "paired-hospitals")),
    (r"公路|道路|路|roads?|highway", ("roads-built", "length")),
    (r"农田|梯田|基本农田|farmland|terraced", ("farmland-improved", "planted-area")),
    (r"种植|造林|菌草|茶园|基地|planted|orchards?", ("planted-area", "area", "farm-bases")),
    (r"面积|area|占地|平方公里|hectares|square", ("area", "planted-area")),
    (r"住房|房屋|安居|homes?|houses?|housing|新居", ("homes-built",)),
    (r"调水|供水|输水|water", ("water-delivered", "people-with-water", "people-supplied", "wells-built")),
    (r"井窖|水窖|打井|wells|cisterns", ("wells-built",)),
    (r"增长|同比|grew|growth|rise|rose|increase", ("growth-rate",)),
    (r"占|比例|比重|份额|share|per ?cent|%", ("share", "completion-rate", "ratio", "growth-rate", "poverty-rate")),
    (r"完成率|超额|进度|completion", ("completion-rate",)),
    (r"森林覆盖率|forest", ("forest-cover",)),
    (r"闽商|客商|经商|business ?people|entrepreneurs", ("entrepreneurs",)),
    (r"游客|旅游人|tourists?", ("tourists",)),
    (
        r"结对(?:关系|子)?|对子|\d对|pairs\b",
        ("pairs-count", "paired-counties", "paired-schools", "paired-hospitals", "paired-villages", "paired-townships"),
    ),
    (r"苗木|茶苗|树苗|seedlings", ("plants-given",)),
    (r"历时|长达|持续|lasted|duration", ("duration",)),
    (r"举措|措施|measures", ("measures-count", "aspects-count")),
    (r"粮食|吨|grain|tonnes", ("trade-volume", "capacity")),
    (r"产能|年产|处理能力|capacity", ("capacity",)),
    (r"遇难|受灾|affected", ("people-affected",)),
    (r"人口|population", ("population", "poor-population", "people-lifted")),
    (r"航班|flights", ("flights",)),
    (r"(?:施工|建设|援建)(?:人员|大军|队伍)|builders|construction workers", ("builders-sent",)),
)
UNSPECIFIC: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"投入|资金|拨付|拨款|出资|援助|帮扶|支援|筹集|安排|落实|funds?|money|gave|give|provided|aid|spent|put|yuan|invest\w*|allocated|contributed",
        MONEY,
    ),
    (
        r"人员|人才|人|派|people|persons|staff|sent|posted",
        (*OFFICIALS, "professionals-posted", "teachers-posted", "doctors-posted"),
    ),
)
