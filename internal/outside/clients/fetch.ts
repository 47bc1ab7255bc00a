import createClient from "openapi-fetch";

import { type Client, check } from "./calls";
import type { components, paths } from "./generated/types";

export function client(baseUrl: string): Client {
  const api = createClient<paths>({ baseUrl });
  const failed = (p: components["schemas"]["Problem"]) => ({ status: p.status, code: p.code, errors: p.errors });
  return {
    async login(username, password) {
      const { data, error } = await api.POST("/user/login", { body: { username, password } });
      return data ?? failed(error);
    },
    async info(token) {
      const { data, error } = await api.POST("/user/info", {
        body: {},
        headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
      });
      return data ?? failed(error);
    },
  };
}

export default (base: string) => check(client(base));
