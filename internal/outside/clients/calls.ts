// What both programs ask of the running example, each through its client.

export interface Failed {
  status: number;
  code?: string | undefined;
  errors?: readonly { pointer?: string; parameter?: string; code: string; detail: string }[] | undefined;
}

export interface Client {
  login(username: string, password: string): Promise<{ accessToken: string } | Failed>;
  info(token: string | undefined): Promise<{ id: string; username: string; name: string } | Failed>;
}

function fail(what: string, got: unknown): never {
  throw new Error(`${what}: ${JSON.stringify(got)}`);
}

export async function check(client: Client): Promise<void> {
  const session = await client.login("alice", "wonderland");
  if (!("accessToken" in session)) fail("login", session);

  const me = await client.info(session.accessToken);
  if (!("username" in me) || me.username !== "alice") fail("info", me);

  const invalid = await client.login("al", "short");
  if (!("status" in invalid) || invalid.status !== 422) fail("422", invalid);
  const pointers = invalid.errors?.map((e) => `${e.pointer} ${e.code}`).sort();
  if (pointers?.join() !== "/password min,/username min") fail("errors of the 422", invalid);

  const wrong = await client.login("alice", "another password");
  if (!("status" in wrong) || wrong.status !== 401 || wrong.code !== "bad_credentials") fail("401 of login", wrong);

  const nobody = await client.info(undefined);
  if (!("status" in nobody) || nobody.status !== 401) fail("401 of info", nobody);
}
