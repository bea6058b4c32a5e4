package sample

import "fmt"

// SixtyNumber is the number of the township of Sixty; TownCode and TownPerson
// name it and its people.
const SixtyNumber = 60

// villagesOfSixty is the size of a large township's board.
const villagesOfSixty = 60

// Sixty is a further township with sixty villages and six items, which published
// two months, so that ranks have moved. Marks are made of the numbers of month,
// village and item.
func Sixty() Town {
	items := []TownItem{
		{Key: "party", Dimension: "party-building", Points: 25, Name: "党建"}, {Key: "rural", Dimension: "rural-revitalisation", Points: 20, Name: "乡村振兴"},
		{Key: "habitat", Dimension: "habitat", Points: 20, Name: "人居环境"}, {Key: "industry", Dimension: "industry", Points: 15, Name: "产业发展"},
		{Key: "safety", Dimension: "safety", Points: 10, Name: "安全生产"}, {Key: "stability", Dimension: "stability", Points: 10, Name: "综治维稳"},
	}
	town := Town{Number: SixtyNumber, Scheme: TownScheme{Key: "town-sixty", Items: items}}
	for month, period := range []string{"2023-05", "2023-06"} {
		m := TownMonth{Period: period}
		for village := range villagesOfSixty {
			var marks []string
			for item := range items {
				marks = append(marks, fmt.Sprintf("%d.%d", 60+(village*7+month*13+item*11)%39, (village+item)%10))
			}
			m.Marks = append(m.Marks, marks)
		}
		town.Marks = append(town.Marks, m)
	}
	return town
}
