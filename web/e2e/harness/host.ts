// A website of somebody else: another origin, its own rules, its own looks.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What stands on the page, and the policy that the website gives its pages. */
export interface HostPage {
  body: string;
  csp?: string;
  style?: string;
  lang?: string;
  /** Answers to other paths: `/token` for `data-token-url`. */
  answer?: (path: string) => string | undefined;
}

export class Host {
  readonly #server: Server;
  #page: HostPage = { body: "" };

  private constructor(server: Server) {
    this.#server = server;
  }

  static async begin(): Promise<Host> {
    const server = createServer();
    const host = new Host(server);
    server.on("request", (request, response) => {
      const path = request.url ?? "/";
      const answer = path === "/" ? host.#html() : host.#page.answer?.(path);
      if (answer === undefined) {
        response.writeHead(404).end();
        return;
      }
      const headers: Record<string, string> = {
        "content-type": path === "/" ? "text/html; charset=utf-8" : "text/plain",
      };
      if (host.#page.csp) headers["content-security-policy"] = host.#page.csp;
      response.writeHead(200, headers).end(answer);
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    return host;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  serves(page: HostPage): void {
    this.#page = page;
  }

  end(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #html(): string {
    const { body, style, lang = "en" } = this.#page;
    return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>A website</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
${style ? `<style>${style}</style>` : ""}</head><body><main><h1>A website</h1>${body}</main></body></html>`;
  }
}
