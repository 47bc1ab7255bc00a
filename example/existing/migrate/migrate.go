// Package migrate is a service of go-zero on its way: routes of both in one
// process, with one configuration file and one secret.
package migrate

import (
	"net/http"

	"github.com/zeromicro/go-zero/rest"
	"github.com/zeromicro/go-zero/rest/httpx"

	"github.com/apigen-go/apigen/example/existing/gozero"
	"github.com/apigen-go/apigen/example/existing/migrate/account"
	"github.com/apigen-go/apigen/example/existing/migrate/logic"
	"github.com/apigen-go/apigen/runtime/auth"
)

// Config is the configuration as goctl writes it.
type Config struct {
	rest.RestConf
	Auth struct {
		AccessSecret string
		AccessExpire int64
	}
}

// New returns the service of go-zero, and the option of StartWithOpts that puts
// the routes which have moved in front of it.
func New(c Config) (*rest.Server, rest.StartOption, error) {
	server, err := rest.NewServer(c.RestConf)
	if err != nil {
		return nil, nil, err
	}
	server.AddRoute(rest.Route{Method: http.MethodGet, Path: "/user/info", Handler: userInfo}, rest.WithJwt(c.Auth.AccessSecret))

	//snippet:service
	service, err := account.NewHandler(account.Config{Auth: auth.Config{
		AccessSecret: c.Auth.AccessSecret,
		AccessExpire: auth.Seconds(c.Auth.AccessExpire),
	}}, account.Handlers{Account: &account.Account{}, Old: &account.Old{}})
	if err != nil {
		return nil, nil, err
	}
	return server, gozero.InFront("/v2/", service), nil
	//snippet:end
}

// userInfo is a handler as goctl lays it out.
func userInfo(w http.ResponseWriter, r *http.Request) {
	resp, err := logic.NewUserInfoLogic(r.Context()).UserInfo()
	if err != nil {
		httpx.ErrorCtx(r.Context(), w, err)
		return
	}
	httpx.OkJsonCtx(r.Context(), w, resp)
}
