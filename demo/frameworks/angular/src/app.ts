import {Component, CUSTOM_ELEMENTS_SCHEMA, type ElementRef, signal, viewChild} from '@angular/core';
import type {ChatAppDialog, GetAccessToken} from 'chatapp-dialog/element';
import {baseUrl, type Customer, fetchAccessToken, fetchCustomers} from '../../shared/crm-api';

@Component({
  selector: 'app-root',
  templateUrl: './app.html',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
})
export class App {
  protected readonly baseUrl = baseUrl;
  protected readonly customers = signal<Customer[]>([]);
  protected readonly customer = signal<Customer | undefined>(undefined);
  protected readonly isOpen = signal(true);
  protected readonly status = signal('idle');
  protected readonly loads = signal(0);
  protected readonly error = signal('');
  protected readonly renders = signal(0);
  private readonly dialog = viewChild<ElementRef<ChatAppDialog>>('dialog');

  constructor() {
    void fetchCustomers().then((customers) => {
      this.customers.set(customers);
      this.customer.set(customers[0]);
    });
  }

  protected readonly getAccessToken: GetAccessToken = (request) => fetchAccessToken(request.signal);

  protected onLoad(): void {
    this.loads.update((loads) => loads + 1);
    this.error.set('');
  }

  protected setBadPhone(): void {
    this.customer.update((customer) => customer && {...customer, phones: ['call me']});
  }

  protected reload(): void {
    this.dialog()?.nativeElement.reload();
  }
}
