module github.com/apigen-go/apigen/runtime/resilience

go 1.26

replace github.com/apigen-go/apigen => ../..

require (
	github.com/apigen-go/apigen v0.0.0-00010101000000-000000000000
	github.com/failsafe-go/failsafe-go v0.9.8
	github.com/felixge/httpsnoop v1.1.0
)

require (
	github.com/bits-and-blooms/bitset v1.24.4 // indirect
	github.com/influxdata/tdigest v0.0.1 // indirect
)
