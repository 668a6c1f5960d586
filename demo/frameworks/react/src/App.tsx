import {useEffect, useRef, useState} from 'react';
import type {ChatAppDialog as ChatAppDialogElement, FrameStatus} from 'chatapp-dialog/element';
import {ChatAppDialog, ChatAppDialogLink} from 'chatapp-dialog/react';
import {baseUrl, type Customer, fetchAccessToken, fetchCustomers} from '../../shared/crm-api';

export function App() {
  const [customers, setCustomers] = useState<Customer[]>([]);
  const [customer, setCustomer] = useState<Customer>();
  const [isOpen, setIsOpen] = useState(true);
  const [status, setStatus] = useState<FrameStatus>('idle');
  const [loads, setLoads] = useState(0);
  const [error, setError] = useState('');
  const [renders, setRenders] = useState(0);
  const dialog = useRef<ChatAppDialogElement>(null);

  useEffect(() => {
    let isCurrent = true;
    void fetchCustomers().then((loaded) => {
      if (!isCurrent) return;
      setCustomers(loaded);
      setCustomer(loaded[0]);
    });
    return () => {
      isCurrent = false;
    };
  }, []);

  return (
    <div className="crm">
      <nav>
        <h1>Customers</h1>
        {customers.map((one) => (
          <button
            key={one.id}
            type="button"
            data-customer={one.id}
            aria-pressed={one.id === customer?.id}
            onClick={() => setCustomer(one)}
          >
            <strong>{one.name}</strong>
            <span>{one.company}</span>
          </button>
        ))}
      </nav>
      <main>
        <header>
          <h2>{customer?.name}</h2>
          <output data-status={status}>{status}</output>
          <ChatAppDialogLink
            licenseId={30310}
            messengerType="grWhatsApp"
            phones={customer && [...customer.phones]}
            dialogIds={customer?.dialogIds}
            baseUrl={baseUrl}
            disabled={!customer}
          >
            Open in a tab
          </ChatAppDialogLink>
        </header>
        <output data-error>{error}</output>
        {isOpen && (
          <ChatAppDialog
            ref={dialog}
            licenseId={30310}
            messengerType="grWhatsApp"
            phones={customer && [...customer.phones]}
            dialogIds={customer?.dialogIds}
            baseUrl={baseUrl}
            getAccessToken={({signal}) => fetchAccessToken(signal)}
            disabled={!customer}
            onChatappStatuschange={() => setStatus(dialog.current?.status ?? 'idle')}
            onChatappLoad={() => {
              setLoads((count) => count + 1);
              setError('');
            }}
            onChatappError={(event) => setError(event.error.message)}
          />
        )}
        <footer>
          <button type="button" data-action="reload" onClick={() => dialog.current?.reload()}>
            Reload
          </button>
          <button type="button" data-action="toggle" onClick={() => setIsOpen(!isOpen)}>
            {isOpen ? 'Unmount' : 'Mount'}
          </button>
          <button type="button" data-action="rerender" onClick={() => setRenders(renders + 1)}>
            Re-render ({renders})
          </button>
          <button
            type="button"
            data-action="bad-phone"
            onClick={() => setCustomer(customer && {...customer, phones: ['call me']})}
          >
            Bad phone
          </button>
          <span>
            Chats opened: <output data-loads>{loads}</output>
          </span>
        </footer>
      </main>
    </div>
  );
}
