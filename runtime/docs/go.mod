module github.com/apigen-go/apigen/runtime/docs

go 1.26

replace github.com/apigen-go/apigen => ../..

require (
	github.com/apigen-go/apigen v0.0.0-00010101000000-000000000000
	github.com/go-json-experiment/json v1.27.2
	github.com/swaggest/swgui v1.8.9
	go.yaml.in/yaml/v3 v3.0.6
)
