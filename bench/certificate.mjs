// A certificate for the run. It is made anew each time: no key lies in the repository, and none that ran out stops a run.
// @ts-ignore bench's own packages need not be installed for the type check
import {generate} from 'selfsigned';

/** @param {readonly string[]} hosts */
export async function makeCertificate(hosts) {
  const {private: key, cert} = await generate([{name: 'commonName', value: hosts[0] ?? 'localhost'}], {
    algorithm: 'sha256',
    keyType: 'ec',
    extensions: [{name: 'subjectAltName', altNames: hosts.map((value) => ({type: 2, value}))}],
  });
  return {key, cert};
}
