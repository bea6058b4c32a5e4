package main

// cacheSetting is the setting of the service that keeps answers about published
// data, or does not.
func cacheSetting(kept bool) []string {
	if kept {
		return []string{"LEITAI_KEPT_ANSWERS_MB=64"}
	}
	return []string{"LEITAI_KEPT_ANSWERS_MB=0"}
}
