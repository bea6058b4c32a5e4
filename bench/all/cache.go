package main

// cacheSetting is the setting of the service that keeps answers about published
// data, or does not.
func cacheSetting(bool) []string { return nil }
