package round

import "leitai/internal/contest"

// SealWith computes and signs both forms of a publication with one key.
func SealWith(signer contest.Signer) Seal {
	return func(in contest.Input) (Bundles, *contest.Result, error) {
		result, err := contest.Compute(in)
		if err != nil {
			return Bundles{}, nil, err
		}
		sealed, err := contest.Seal(in, result, signer, contest.Sealed)
		if err != nil {
			return Bundles{}, nil, err
		}
		public, err := contest.Seal(in, result, signer, contest.Public)
		if err != nil {
			return Bundles{}, nil, err
		}
		return Bundles{Sealed: string(sealed.Bytes), SealedHash: sealed.Hash, Public: string(public.Bytes), PublicHash: public.Hash}, result, nil
	}
}
