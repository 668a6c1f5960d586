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
 * handler's second argument is Node's request, with what Express's middleware put there (`session`, `user`); Fetch's has no body.
 */
export const toNodeListener =
  <Incoming extends NodeRequest>(handler: (request: Request, incoming: Incoming) => Promise<Response>) =>
  async (incoming: Incoming, outgoing: NodeResponse): Promise<void> => {
    const request = toRequest(incoming);
    // A rejection would end a process of node:http, which awaits no listener.
    const response = request
      ? await handler(request, incoming).catch(() => new Response(null, {status: 500}))
      : new Response(null, {status: 400});
    if (outgoing.headersSent) return; // by a timeout of yours, say
    outgoing.statusCode = response.status;
    for (const [name, value] of response.headers) outgoing.setHeader(name, value);
    outgoing.end(await response.text());
  };

/** `null` where Fetch's Request cannot be such: another method than its own, a host that is none. */
const toRequest = ({method = 'GET', url = '/', originalUrl = url, headers: given}: NodeRequest): Request | null => {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    // HTTP/2's pseudo-headers are none of Fetch's.
    if (value !== undefined && !name.startsWith(':')) for (const one of [value].flat()) headers.append(name, one);
  }
  const host = headers.get('host') ?? [given[':authority']].flat()[0] ?? 'localhost';
  try {
    // Put together, because `//host/` would be another host when resolved.
    return originalUrl.startsWith('/') ? new Request(`http://${host}${originalUrl}`, {method, headers}) : null;
  } catch {
    return null;
  }
};
