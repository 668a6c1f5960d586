/** What is needed of Node's `IncomingMessage`, and of Express's request. */
export interface NodeRequest {
  method?: string | undefined;
  url?: string | undefined;
  /** Express: the URL before a router took its part of it away. */
  originalUrl?: string | undefined;
  headers: Record<string, string | string[] | undefined>;
}

/** What is needed of Node's `ServerResponse`. */
export interface NodeResponse {
  statusCode: number;
  headersSent?: boolean;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

/**
 * Makes a listener for `node:http` and Express of a handler: `app.post('/api/chatapp-token', toNodeListener(handler))`. The
 * handler's second argument is Node's request, with what Express's middleware put there (`session`, `user`). Fetch's request
 * has no body.
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

/** `null` if Fetch does not allow such a request: the method TRACE, or a host that is not one. */
const toRequest = ({method = 'GET', url = '/', originalUrl = url, headers: given}: NodeRequest): Request | null => {
  try {
    const headers = new Headers();
    for (const [name, value] of Object.entries(given)) {
      // Fetch does not know HTTP/2's pseudo-headers.
      if (value !== undefined && !name.startsWith(':')) for (const item of [value].flat()) headers.append(name, item);
    }
    // `.invalid` is nobody's host (RFC 2606), so without a host no page counts as the own one.
    const host = headers.get('host') ?? [given[':authority']].flat()[0] ?? 'host.invalid';
    // Put together, because `//host/` would be another host when resolved.
    return originalUrl.startsWith('/') ? new Request(`http://${host}${originalUrl}`, {method, headers}) : null;
  } catch {
    return null;
  }
};
