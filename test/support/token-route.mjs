// A route of the test page's own server that gives tokens. The query says what it answers, so that each test has its own.

/** Requests by session. @type {Map<string, {method: string, headers: Record<string, string | string[] | undefined>}[]>} */
const requests = new Map();

/**
 * - `POST /_token?session=&status=&body=&location=&retry-after=&repeat=` answers as it says; `endless` never ends the body.
 * - `GET /_token?session=` lists the requests of a session.
 * @param {import('koa').Context} context
 * @param {() => Promise<void>} next
 */
export async function tokenRoute(context, next) {
  const {path, method, query} = context;
  if (path !== '/_token') return next();
  const {
    session,
    status = '200',
    body = '',
    location,
    repeat = '1',
    endless,
  } = /** @type {Record<string, string>} */ (query);
  const list = requests.get(session ?? '') ?? [];
  requests.set(session ?? '', list);
  context.set('Cache-Control', 'no-store');
  if (method === 'GET') {
    context.body = list;
    return;
  }
  list.push({method, headers: context.headers});
  context.status = Number(status);
  if (location) context.set('Location', location);
  if (query['retry-after']) context.set('Retry-After', String(query['retry-after']));
  if (endless === undefined) {
    context.body = body.repeat(Number(repeat));
    return;
  }
  context.respond = false;
  context.res.writeHead(200).write(body);
}
