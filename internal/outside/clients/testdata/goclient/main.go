// Command goclient asks the running example through the client that
// oapi-codegen makes of its document: a login, the caller's profile, a 422 and
// two 401.
package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"example.com/goclient/api"
)

func main() {
	if err := check(context.Background(), os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(ctx context.Context, base string) error {
	client, err := api.NewClientWithResponses(base)
	if err != nil {
		return err
	}
	session, err := client.PublicLoginWithResponse(ctx, api.LoginReq{Username: "alice", Password: "wonderland"})
	if err != nil || session.JSON200 == nil {
		return fmt.Errorf("login: %w, %v", err, session)
	}
	token := func(_ context.Context, req *http.Request) error {
		req.Header.Set("Authorization", "Bearer "+session.JSON200.AccessToken)
		return nil
	}
	me, err := client.AccountUserInfoWithResponse(ctx, api.UserInfoReq{}, token)
	if err != nil || me.JSON200 == nil || me.JSON200.Username != "alice" {
		return fmt.Errorf("info: %w, %v", err, me)
	}
	invalid, err := client.PublicLoginWithResponse(ctx, api.LoginReq{Username: "al", Password: "short"})
	if err != nil || invalid.ApplicationproblemJSON422 == nil || invalid.ApplicationproblemJSON422.Errors == nil || len(*invalid.ApplicationproblemJSON422.Errors) != 2 {
		return fmt.Errorf("422: %w, %v", err, invalid)
	}
	wrong, err := client.PublicLoginWithResponse(ctx, api.LoginReq{Username: "alice", Password: "another password"})
	if err != nil || wrong.ApplicationproblemJSON401 == nil || wrong.ApplicationproblemJSON401.Code == nil || *wrong.ApplicationproblemJSON401.Code != "bad_credentials" {
		return fmt.Errorf("401 of login: %w, %v", err, wrong)
	}
	nobody, err := client.AccountUserInfoWithResponse(ctx, api.UserInfoReq{})
	if err != nil || nobody.ApplicationproblemJSON401 == nil {
		return fmt.Errorf("401 of info: %w, %v", err, nobody)
	}
	return nil
}
