// The vendor's page, "Embedding ChatApp Dialog via iFrame": the attributes of its iframe.

export const VENDOR_ATTRIBUTES = {
  sandbox:
    'allow-forms allow-modals allow-orientation-lock allow-pointer-lock allow-popups allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts allow-top-navigation allow-top-navigation-by-user-activation',
  allow:
    'camera https://dialogs.pro/; microphone https://dialogs.pro/; clipboard-read https://dialogs.pro/; clipboard-write https://dialogs.pro/',
};
