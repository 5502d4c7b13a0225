// A pasted command is read as a shell would read it, and what can't be meant is refused with a sentence.
import { describe, expect, it } from "vitest";

import { type Curl, readCurl } from "./curl";
import { wordsOf } from "./words";

function taken(command: string): Curl {
  const read = readCurl(command);
  if (read.kind !== "curl") throw new Error(JSON.stringify(read));
  return read.curl;
}

function refused(command: string): string {
  const read = readCurl(command);
  return read.kind === "refused" ? read.message : JSON.stringify(read);
}

describe("words", () => {
  it.each([
    ["a  b\tc", ["a", "b", "c"]],
    [`'a b' "c d" e\\ f`, ["a b", "c d", "e f"]],
    [`a'b'"c"`, ["abc"]],
    [`'' ""`, ["", ""]],
    ["a \\\n  b \\\r\n c", ["a", "b", "c"]],
    ["one\ntwo", ["one"]],
    [`"a\\"b\\\\c\\d"`, ['a"b\\c\\d']],
    [`'a\\n'`, ["a\\n"]],
    [`$'a\\nb\\'c\\x41\\u00e9\\101'`, ["a\nb'cAéA"]],
    ["a | b", ["a"]],
    ["a > file", ["a"]],
    ["a 2>/dev/null", ["a"]],
    ["a; b", ["a"]],
    ["a;b", ["a;b"]],
    ["https://x/?a=1&b=2", ["https://x/?a=1&b=2"]],
    ["a && b", ["a"]],
  ])("of %j", (text, words) => expect(wordsOf(text)).toEqual({ kind: "words", words }));

  it.each(["'a", '"a', "$'a", "a\\", `"a\\"`])("of %j are unfinished", (text) => expect(wordsOf(text).kind).toBe("unfinished"));

  it.each([["$TOKEN", "$TOKEN"], ['"x ${A} y"', "${A}"], ["$(cat t)", "$(cat t)"], ["`date`", "`date`"]])("of %j need a shell", (text, what) => {
    expect(wordsOf(text)).toEqual({ kind: "needsShell", what });
  });
});

describe("a command", () => {
  it("gives its address, with options that change nothing", () => {
    for (const command of ["curl https://x.example/e", "curl -N https://x.example/e", "$ curl -sSNL --compressed 'https://x.example/e'", 'curl.exe "https://x.example/e" --no-buffer', "curl --url https://x.example/e -- "]) {
      expect(taken(command)).toMatchObject({ url: "https://x.example/e", method: "GET", headers: [], basic: null, bearer: null, body: null, left: [] });
    }
    expect(taken("curl x.example/e").url).toBe("http://x.example/e");
  });

  it("gives a token, or a user with a password, however they are written", () => {
    expect(taken("curl -H 'Authorization: Bearer s3cret' https://x").bearer).toBe("s3cret");
    expect(taken("curl --oauth2-bearer s3cret https://x").bearer).toBe("s3cret");
    expect(taken("curl -u mira:a:b https://x").basic).toEqual({ username: "mira", password: "a:b" });
    expect(taken("curl -umira https://x").basic).toEqual({ username: "mira", password: "" });
    expect(taken(`curl -H 'authorization: basic ${btoa("mira:pw")}' https://x`).basic).toEqual({ username: "mira", password: "pw" });
    expect(taken("curl -H 'Authorization: Basic %%%' https://x").headers).toEqual([{ name: "Authorization", value: "Basic %%%" }]);
  });

  it("gives headers but those of its own, and cookies and names as headers", () => {
    const { headers } = taken("curl https://x -H 'Accept: text/event-stream' -H 'Cache-Control: no-cache' -H 'sec-fetch-mode: cors' -H 'X-Key: a: b' -H 'Empty:' -b 'a=1; b=2' -A me");
    expect(headers).toEqual([{ name: "X-Key", value: "a: b" }, { name: "Cookie", value: "a=1; b=2" }, { name: "User-Agent", value: "me" }]);
  });

  it("gives a body with the method that follows from it", () => {
    const json = taken(`curl https://x -H 'Content-Type: application/json' --data-raw '{"a":"@b"}'`);
    expect([json.method, json.body, json.headers]).toEqual(["POST", '{"a":"@b"}', [{ name: "Content-Type", value: "application/json" }]]);
    const form = taken("curl -XPUT https://x -d a=1 --data b=2 --data-urlencode 'c=ä &'");
    expect([form.method, form.body, form.headers[0]!.value]).toEqual(["PUT", "a=1&b=2&c=%C3%A4%20%26", "application/x-www-form-urlencoded"]);
    expect(taken("curl --json '{}' https://x").headers).toEqual([{ name: "Content-Type", value: "application/json" }]);
    const get = taken("curl -G https://x/e?z=0#f -d a=1 -d b=2");
    expect([get.method, get.url, get.body]).toEqual(["GET", "https://x/e?z=0&a=1&b=2#f", null]);
  });

  it("gives a proxy, and says what is left out", () => {
    expect(taken("curl -x proxy:3128 https://x -o out.txt --cacert ca.pem -m 5")).toMatchObject({ proxy: "http://proxy:3128", left: ["-o", "--cacert", "-m"] });
  });

  it("is refused where it can't be meant, with what mends it", () => {
    expect(refused("curl -k https://x")).toContain("always checks");
    expect(refused("curl --insecure https://x")).toContain("always checks");
    expect(refused("curl -sk https://x")).toContain("always checks");
    expect(refused("curl https://x -H 'a: b")).toContain("quotation");
    expect(refused('curl https://x -H "a: $T"')).toContain("$T");
    expect(refused("curl https://x -d @file")).toContain("-d");
    expect(refused("curl https://x -b jar.txt")).toContain("-b");
    expect(refused("curl -F a=b https://x")).toContain("-F");
    expect(refused("curl --constructor https://x")).toContain("--constructor");
    expect(refused("curl https://x https://y")).toContain("two");
    expect(refused("curl -s")).toContain("no address");
    expect(refused("curl https://x -H")).toContain("-H");
    expect(refused("curl -X DELETE https://x")).toContain("DELETE");
  });

  it.each(["", "https://x.example/e", "curly https://x", "echo curl https://x", "curl"])("is not seen in %j", (text) => expect(readCurl(text).kind).toBe("other"));
});
