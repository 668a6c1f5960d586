// The CRM's own back end, as its pages see it: nothing in here is ChatApp's or a framework's.
export interface Customer {
  id: string;
  name: string;
  company: string;
  phones: string[];
  dialogIds?: string[];
}

/** Where ChatApp Dialog runs: here, the stand-in of `npm start`. In your page, leave it out: https://dialogs.pro/ is the default. */
export const baseUrl = new URLSearchParams(location.search).get('base-url') ?? 'http://localhost:8001/';

export const fetchCustomers = (): Promise<Customer[]> => fetchJson('customers.json');

/** The server knows whose session this is, and keeps what it got from ChatApp's API. */
export const fetchAccessToken = (signal: AbortSignal): Promise<{accessToken: string}> =>
  fetchJson('/api/chatapp-token', {method: 'POST', signal});

async function fetchJson<Json>(url: string, init?: RequestInit): Promise<Json> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: HTTP ${response.status}`);
  return (await response.json()) as Json;
}
