package paperwork

import "leitai/internal/calendar"

var (
	may      = calendar.MustPeriod("2023-05")
	quarter  = calendar.MustPeriod("2023-Q2")
	someDay  = calendar.MustDate("2023-06-20")
	stamped  = Paper{Demo: true}
	unmarked = Paper{Demo: true, Issuer: "云栖镇党委", Date: someDay, To: []string{"县委组织部"}}
)

// more is one paper of every further kind, of the fictional township.
func more() map[string]maker {
	return map[string]maker{
		"score-sheets": scoreSheets(), "item-table": itemTable(), "three-colour": threeColour(), "registration": registration(), "ballot-form": ballotForm(),
		"ballot-summary": ballotSummary(), "ballot-hidden": ballotHidden(), "ballot-report": ballotReport(), "grade-table": gradeTable(),
		"rectification": rectification(), "contacts": contacts(), "county-report": countyReport(), "duty-report": dutyReport(), "report-rules": reportRules(),
		"tracks": trackBulletin(), "quarter": summary("2023-Q2", "2023-04", "2023-05", "2023-06"),
	}
}

func scoreSheets() ScoreSheets {
	s := ScoreSheets{Paper: stamped, Competition: "逐村观摩", Period: quarter, Held: someDay}
	for _, village := range []string{"松岭村", "竹溪村"} {
		s.Sheets = append(s.Sheets, ScoreSheet{Group: "第一组", Village: village, Channel: "现场督查", Items: []ScoreItem{
			{Name: "组织生活", Points: "10", Criteria: "“三会一课”、主题党日记录齐全，内容真实"},
			{Name: "村级班子", Points: "10", Criteria: "逐项查看", Lines: []ScoreLine{
				{Text: "值班表上墙，姓名、电话、班次齐全", Points: "5", Fill: "□是　□否　□不适用"}, {Text: "便民服务大厅整洁", Points: "5", Fill: "□是　□否　□不适用"}}},
			{Name: "安全生产", Points: "20", Criteria: "发现一处扣2分，扣完为止", Lines: []ScoreLine{{Text: "消防通道堵塞", Points: "-2", Fill: "　　次"}}},
			{Name: "一票否决", Criteria: "发生重大责任事故", Fill: "□是　□否"}}})
	}
	return s
}

func itemTable() ItemTable {
	return ItemTable{Paper: unmarked, Competition: "擂台比武月评比", Period: may, Scale: "100", Items: []RubricLine{
		{Section: "党建", Name: "组织生活", Kind: "评分", Points: "40", Channels: "现场督查40%，资料台账60%", Criteria: "“三会一课”记录齐全", Evidence: "资料、照片", Owner: "党委组织委员"},
		{Name: "安全生产", Kind: "扣分", Points: "60", Channels: "现场督查100%", Criteria: "发现隐患一处扣2分"}}}
}

func threeColour() ThreeColour {
	p := paper
	p.Date = someDay
	return ThreeColour{Paper: p, What: "三亮三评", Period: calendar.MustPeriod("2023-H1"), Smallest: 3,
		Lights:   []Light{{"绿色", "评议为好"}, {"黄色", "评议为较好或一般，由支部书记谈话提醒"}, {"红色", "评议为差，限期改正"}},
		Branches: []BranchLights{{"松岭村党支部", "党员", []int{30, 5, 1}}, {"竹溪村党支部", "党员", []int{18, 2, 0}}}}
}

func registration() Form {
	return Form{Paper: stamped, Attachment: 1, Title: "村（社区）年度考核登记表",
		Fields:   []FormField{{"村（社区）", "松岭村"}, {"年度", "2021年"}, {"党组织书记", ""}, {"党员人数", "36"}, {"驻村工作队", "有"}},
		Texts:    []FormText{{Name: "年度工作小结", Text: "本年度完成各项任务。", Limit: 2000, Lines: 16}, {Name: "民主测评情况"}},
		Opinions: []FormOpinion{{"街道考核工作组意见", "建议评为一类"}, {"街道党工委意见", ""}},
		Note:     "注：本表一式两份，一份存档，一份报区委组织部。"}
}

func ballotForm() BallotForm {
	return BallotForm{Paper: stamped, Attachment: 3, Title: "村（社区）“两委”成员民主测评表", Group: "党员和群众代表", Options: []string{"优秀", "称职", "基本称职", "不称职"},
		Subjects: []BallotSubject{{"甲某", "党总支书记"}, {"乙某", "党总支副书记"}, {"丙某", ""}}, Remark: "测评对象为本村（社区）全体“两委”成员"}
}

func ballotSummary() BallotSummary {
	return BallotSummary{Paper: stamped, Attachment: 4, Title: "民主测评汇总表", Held: someDay, Turnout: Turnout{60, 52, 52, 51, 50}, Options: []string{"优秀", "称职", "基本称职", "不称职"},
		Threshold: 6, Lines: []BallotLine{{Subject: "甲某", Group: "街道干部", Counts: []string{"8", "2", "0", "0"}, Valid: "10"},
			{Subject: "甲某", Group: "党员群众", Counts: []string{"30", "9", "1", "0"}, Valid: "40"}, {Subject: "甲某", Valid: "50", Score: "91.25"}}}
}

func ballotHidden() BallotSummary {
	return BallotSummary{Paper: stamped, Title: "民主测评汇总表", Turnout: Turnout{60, 12, 12, 12, 12}, Options: []string{"优秀", "称职"}, Threshold: 6, Hidden: true,
		Lines: []BallotLine{{Subject: "甲某", Score: "91.25"}, {Subject: "乙某", Score: "88.40"}}}
}

func ballotReport() BallotReport {
	return BallotReport{Paper: stamped, Attachment: 9, Title: "履行党建责任制民主测评结果报告单", Subject: "松岭村党总支", Post: "党总支书记", Held: someDay,
		Turnout: Turnout{60, 52, 52, 51, 50}, Options: []BallotCount{{"好", "45"}, {"较好", "4"}, {"一般", "1"}, {"差", "0"}}, Score: "97.60", Rate: "好评率90.00%"}
}

func gradeTable() GradeTable {
	return GradeTable{Paper: unmarked, Scheme: "2021年度村（社区）党组织书记考核", Proposed: true, Scale: "综合得分",
		Seats: []GradeSeats{{"优秀", "不超过40%，4人取整为1人"}}, Shortfall: "",
		Lines: []GradeLine{{Name: "甲某", Kind: "书记", Ballot: "95.10", Work: "90.00", Total: "92.55", Rank: 1, Grade: "称职", Why: "述评综合等次为“较好”，不得评为优秀"},
			{Name: "乙某", Kind: "书记", Ballot: "93.00", Work: "91.00", Total: "92.00", Rank: 2, Grade: "优秀", Why: "名额顺延"}}}
}

func rectification() RectificationList {
	return RectificationList{Paper: unmarked, Attachment: 7, Title: "下述下评问题整改清单", Lines: []RectificationLine{
		{Village: "松岭村", Problem: "村务公开栏更新不及时", Found: "2022-01-10 暗访", Measure: "按月更新，专人负责", Unit: "村委会", Person: "村委会主任", Due: "2022-02-28", Result: "已销号", Again: "2021年"},
		{Village: "竹溪村", Problem: "党费台账缺收据", Measure: "补齐收据"}}}
}

func contacts() ContactTable {
	return ContactTable{Paper: unmarked, Attachment: 11, Title: "2021年度考核联点安排表", Lines: []ContactLine{
		{Group: "第一组", Village: "松岭村", Leader: "党工委副书记", Secretary: "书记甲", Cadres: "驻村干部甲、驻村干部乙", Liaison: "党建办干部"}, {Village: "竹溪村", Leader: "组织委员", Remark: "由副组长代"}}}
}

func countyReport() CountyReport {
	return CountyReport{Paper: unmarked, Competition: "逐村观摩、整镇推进", Period: quarter, Due: someDay, Visited: 24, Of: 24, Archives: 24,
		Progress:   []string{"二季度实现24个村全面观摩一遍", "逐村建立问题台账"},
		Highlights: []Highlight{{"松岭村", "“积分超市”激发党员群众参与治理"}},
		Villages: []CountyVillage{{Village: "松岭村", Visited: "6月5日", Total: "92.50", Light: "绿", Issues: 2, Closed: 2, Comment: "班子团结，阵地规范"},
			{Village: "竹溪村", Visited: "6月6日", Total: "80.10", Light: "黄", Issues: 5, Closed: 3, Comment: "台账需补齐"}},
		Problems: []string{"个别村党费台账不规范，已列入整改清单"}}
}

func dutyReport() DutyReport {
	return DutyReport{Paper: Paper{Demo: true, Issuer: "松岭村党总支", Date: someDay}, Unit: "松岭村党总支", Post: "党总支书记", Year: 2021, Limit: 2000, Needs: []string{"抓党建工作情况", "意识形态工作情况"},
		Parts: []ReportPart{{"抓党建工作情况", "规范组织生活。\n存在问题：党员教育形式单一。\n下步承诺：每季度开展一次实践活动。"}, {"意识形态工作情况", "阵地管理规范。"}}}
}

func reportRules() ReportRules {
	return ReportRules{Paper: stamped, Attachment: 10, Title: "述职报告撰写要求", Limit: 2000, Due: someDay, To: "街道党建办", Oral: "村（社区）党组织书记、工作队队长",
		Parts: []ReportPart{{"抓党建工作情况", "主要做法、存在问题、下步打算和承诺"}, {"意识形态工作情况", "责任落实和阵地管理"}}}
}

func trackBulletin() Bulletin {
	b := bulletin()
	b.Competition, b.Subject, b.Parts = "村党组织书记擂台比武", "村党组织书记", []string{"现场观摩", "汇报演讲", "集中评比"}
	b.Standings = []Standing{
		{Track: "示范村赛道", Rank: 1, Village: "书记甲（松岭村）", Total: "92.97", Parts: []string{"46.00", "27.00", "19.97"}, Percentile: "75.0%", Change: "↑2", Light: "绿", Grade: "优秀", Band: "前三名"},
		{Track: "示范村赛道", Rank: 2, Village: "书记乙（竹溪村）", Total: "88.10", Parts: []string{"44.00", "25.10", "19.00"}, Percentile: "50.0%"},
		{Track: "强基村赛道", Village: "书记丙（高坎村）", Reason: "未参评"},
	}
	b.Improved = []Mention{{Village: "书记甲（松岭村）", Rank: 1, What: "较上期上升2个名次"}}
	b.Pairs = []Pair{{"松岭村", "高坎村"}}
	return b
}
