module github.com/apigen-go/apigen/example

go 1.26

tool github.com/apigen-go/apigen/cmd/apigen

replace (
	github.com/apigen-go/apigen => ../
	github.com/apigen-go/apigen/runtime/docs => ../runtime/docs
)

require (
	github.com/apigen-go/apigen v0.0.0-00010101000000-000000000000
	github.com/apigen-go/apigen/runtime/docs v0.0.0-00010101000000-000000000000
	github.com/golang-jwt/jwt/v5 v5.3.1
	go.etcd.io/bbolt v1.5.0
	golang.org/x/crypto v0.55.0
)

require (
	github.com/aymanbagabas/go-udiff v0.4.1 // indirect
	github.com/dave/jennifer v1.7.1 // indirect
	github.com/go-json-experiment/json v1.27.2 // indirect
	github.com/rivo/uniseg v0.4.7 // indirect
	github.com/swaggest/swgui v1.8.9 // indirect
	go.yaml.in/yaml/v3 v3.0.6 // indirect
	golang.org/x/mod v0.39.0 // indirect
	golang.org/x/sync v0.22.0 // indirect
	golang.org/x/sys v0.47.0 // indirect
	golang.org/x/term v0.45.0 // indirect
	golang.org/x/tools v0.49.0 // indirect
)
