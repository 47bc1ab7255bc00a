module github.com/apigen-go/apigen/internal/verdict

go 1.26

replace (
	github.com/apigen-go/apigen => ../../
	github.com/apigen-go/apigen/example => ../../example
	github.com/apigen-go/apigen/example/existing => ../../example/existing
	github.com/apigen-go/apigen/runtime/docs => ../../runtime/docs
	github.com/apigen-go/apigen/runtime/observe => ../../runtime/observe
	github.com/apigen-go/apigen/runtime/resilience => ../../runtime/resilience
)

require (
	github.com/apigen-go/apigen v0.0.0-00010101000000-000000000000
	github.com/apigen-go/apigen/example v0.0.0-00010101000000-000000000000
	github.com/apigen-go/apigen/example/existing v0.0.0-00010101000000-000000000000
	github.com/getkin/kin-openapi v0.150.0
	github.com/pb33f/libopenapi v0.38.7
	github.com/pb33f/libopenapi-validator v0.14.0
	go.yaml.in/yaml/v3 v3.0.6
)

require (
	go.etcd.io/bbolt v1.5.0 // indirect
	golang.org/x/crypto v0.55.0 // indirect
)

require (
	github.com/aymanbagabas/go-udiff v0.4.1 // indirect
	github.com/bahlo/generic-list-go v0.2.0 // indirect
	github.com/basgys/goxml2json v1.1.1-0.20231018121955-e66ee54ceaad // indirect
	github.com/buger/jsonparser v1.1.2 // indirect
	github.com/dave/jennifer v1.7.1 // indirect
	github.com/go-json-experiment/json v1.27.2 // indirect
	github.com/go-openapi/jsonpointer v0.23.2 // indirect
	github.com/go-openapi/swag/jsonname v0.26.1 // indirect
	github.com/golang-jwt/jwt/v5 v5.3.1 // indirect
	github.com/oasdiff/yaml v0.1.1 // indirect
	github.com/oasdiff/yaml3 v0.0.14 // indirect
	github.com/pb33f/jsonpath v0.8.2 // indirect
	github.com/pb33f/ordered-map/v2 v2.3.1 // indirect
	github.com/rivo/uniseg v0.4.7 // indirect
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3 // indirect
	go.yaml.in/yaml/v4 v4.0.0-rc.6 // indirect
	golang.org/x/mod v0.39.0 // indirect
	golang.org/x/net v0.58.0 // indirect
	golang.org/x/sync v0.22.0 // indirect
	golang.org/x/sys v0.47.0 // indirect
	golang.org/x/term v0.45.0 // indirect
	golang.org/x/text v0.41.0 // indirect
	golang.org/x/tools v0.49.0 // indirect
)

tool github.com/apigen-go/apigen/cmd/apigen
