/** The part of Node's `IncomingMessage`, or of Express's request, that is used. */
export interface NodeRequest {
  method?: string | undefined;
  url?: string | undefined;
  /** In Express, the whole URL. A router removes its own part from `url`. */
  originalUrl?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
}

/** The part of Node's `ServerResponse` that is used. */
export interface NodeResponse {
  statusCode: number;
  headersSent?: boolean;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

/**
 * Turns a handler into a listener for `node:http` and Express: `app.post('/api/chatapp-token', toNodeListener(handler))`.
 * The handler's second argument is Node's request, with the properties that Express's middleware sets (`session`, `user`).
 * Its first argument has no body.
 */
export const toNodeListener =
  <Incoming extends NodeRequest>(handler: (request: Request, incoming: Incoming) => Promise<Response>) =>
  async (incoming: Incoming, outgoing: NodeResponse): Promise<void> => {
    const send = async (answer: () => Response | Promise<Response>): Promise<void> => {
      const response = await answer();
      const body = await response.text();
      if (outgoing.headersSent) return; // by a timeout of yours, say
      outgoing.statusCode = response.status;
      for (const [name, value] of response.headers) outgoing.setHeader(name, value);
      outgoing.end(body);
    };
    // Nobody awaits a listener of node:http, so a rejection would end the process.
    await send(() => {
      const request = toRequest(incoming);
      return request ? handler(request, incoming) : new Response(null, {status: 400});
    })
      .catch(() => send(() => new Response(null, {status: 500})))
      .catch(() => {});
  };

/** `null` if Fetch does not allow such a request, for example the method TRACE or an invalid host. */
const toRequest = ({method = 'GET', url = '/', originalUrl = url, headers: given}: NodeRequest): Request | null => {
  try {
    const headers = new Headers();
    for (const [name, value] of Object.entries(given)) {
      // Fetch does not know HTTP/2's pseudo-headers.
      if (value !== undefined && !name.startsWith(':')) for (const item of [value].flat()) headers.append(name, item);
    }
    // If there is no host, no page counts as same-origin: nobody can own a host that ends in `.invalid` (RFC 2606).
    const host = headers.get('host') || [given[':authority']].flat()[0] || 'host.invalid';
    // Not `new URL(path, base)`: it would read `//host/` as another host.
    return originalUrl.startsWith('/') ? new Request(`http://${host}${originalUrl}`, {method, headers}) : null;
  } catch {
    return null;
  }
};
