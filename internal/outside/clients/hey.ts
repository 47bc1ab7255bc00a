import { type Client, check } from "./calls";
import { createClient, createConfig } from "./generated/hey/client";
import { accountUserInfo, publicLogin } from "./generated/hey/sdk.gen";
import type { Problem } from "./generated/hey/types.gen";

export function client(baseUrl: string): Client {
  const api = createClient(createConfig({ baseUrl }));
  const failed = (p: Problem) => ({ status: p.status, code: p.code, errors: p.errors });
  return {
    async login(username, password) {
      const { data, error } = await publicLogin({ client: api, body: { username, password } });
      return data ?? failed(error);
    },
    async info(token) {
      const { data, error } = await accountUserInfo({
        client: api,
        body: {},
        ...(token === undefined ? {} : { auth: token }),
      });
      return data ?? failed(error);
    },
  };
}

export default (base: string) => check(client(base));
