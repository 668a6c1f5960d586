// The back end of the sample CRM. What you would write yourself is about the token: the source, and the route that gives it
// to the page. The login is pretended: who opens a page is logged in, and may become another agent without a password.
import {randomUUID} from 'node:crypto';
import {createAccessTokenHandler, createAccessTokenSource, toNodeListener} from 'chatapp-dialog/server';
import {CRM_DOMAIN, EMPLOYEES} from '../stand-in/sample-data.mjs';

/**
 * @typedef {import('node:http').IncomingMessage} Incoming
 * @typedef {import('node:http').ServerResponse} Outgoing
 */

/** @param {import('chatapp-dialog/server').AccessTokenSourceOptions} options  in life from the environment: process.env.CHATAPP_EMAIL and so on */
export function createBackEnd(options) {
  /** Sessions of the CRM → the agent's code. @type {Map<string | undefined, string>} */
  const sessions = new Map();
  const agentOf = (/** @type {Incoming} */ {headers}) =>
    sessions.get(/\bcrm-session=([\w-]+)/.exec(headers.cookie ?? '')?.[1]);

  // One for the whole process: it keeps the token for all agents, and gets another one before that ends.
  const source = createAccessTokenSource(options);
  const handler = createAccessTokenHandler(source, {
    // The session decides which employee the Dialog signs in. The page cannot choose.
    authorize: (_request, /** @type {Incoming} */ incoming) => {
      const agent = agentOf(incoming);
      return agent !== undefined && {crmDomain: CRM_DOMAIN, employeeExtCode: agent};
    },
  });
  const giveToken = toNodeListener(handler);

  /** @param {Outgoing} response @param {string} agent */
  const logIn = (response, agent) => {
    const session = randomUUID();
    sessions.set(session, agent);
    response.setHeader('Set-Cookie', `crm-session=${session}; HttpOnly; SameSite=Lax; Path=/`);
  };

  return {
    /** Logs in who opens a page. @param {Incoming} request @param {Outgoing} response */
    greet(request, response) {
      if (!agentOf(request)) logIn(response, '101');
    },

    /** Answers the requests of the CRM's pages. @param {Incoming} request @param {Outgoing} response @returns {boolean}  whether it was one */
    serve(request, response) {
      const route = `${request.method} ${request.url}`;
      const [, agent = ''] = /^POST \/api\/log-in\/(\w+)$/.exec(route) ?? [];
      if (request.url === '/api/chatapp-token') {
        void giveToken(request, response);
      } else if (route === 'GET /api/agents') {
        const agents = Object.entries(EMPLOYEES).map(([code, {name}]) => ({
          code,
          name,
          isYou: code === agentOf(request),
        }));
        response
          .writeHead(200, {'Content-Type': 'application/json', 'Cache-Control': 'no-store'})
          .end(JSON.stringify(agents));
      } else if (Object.hasOwn(EMPLOYEES, agent)) {
        logIn(response, agent);
        response.writeHead(204).end();
      } else {
        return false;
      }
      return true;
    },
  };
}
