package graph

import (
	"context"

	"github.com/google/uuid"

	"leitai/graph/model"
	"leitai/internal/event"
	"leitai/internal/round"
	"leitai/internal/viewer"
)

// once is the stream of one turn: what it tells, if anything.
func once[T any](told *T, err error) (<-chan *T, error) {
	if err != nil {
		return nil, err
	}
	stream := make(chan *T, 1)
	if told != nil {
		stream <- told
	}
	close(stream)
	return stream, nil
}

// follow looks for news of what is asked and makes what is told of it.
func follow[T any](ctx context.Context, r *Resolver, a event.Ask, tell func(*event.News) (*T, error)) (<-chan *T, error) {
	news, err := r.Streams.Next(ctx, a)
	if err != nil || news == nil {
		return once[T](nil, err)
	}
	return once(tell(news))
}

// forViewer asks for events that name the viewer.
func forViewer(ctx context.Context, kinds ...event.Kind) (v *viewer.Viewer, f event.Filter, err error) {
	if v, err = viewer.From(ctx); err != nil {
		return nil, f, err
	}
	f = event.Filter{Kinds: kinds, Persons: []uuid.UUID{v.User}}
	if v.Person != uuid.Nil {
		f.Persons = append(f.Persons, v.Person)
	}
	return v, f, nil
}

func roundProgress(p *round.Progress, cursor string) *model.RoundProgress {
	out := &model.RoundProgress{Cursor: cursor, Round: *contestRound(p.Round), Cells: []*model.ProgressCell{}}
	if !p.Shown {
		return out
	}
	out.Entered, out.Confirmed, out.Missing = new(int), new(int), new(int)
	for _, c := range p.Cells {
		*out.Entered, *out.Confirmed, *out.Missing = *out.Entered+c.Entered, *out.Confirmed+c.Confirmed, *out.Missing+c.Missing
		out.Cells = append(out.Cells, &model.ProgressCell{Panel: c.Panel, PanelName: c.PanelName, Item: c.Item, Channel: c.Channel,
			Entered: c.Entered, Confirmed: c.Confirmed, Missing: c.Missing})
	}
	return out
}
