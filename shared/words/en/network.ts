export const network = {
  heading: 'Network',
  lead: 'How Laurel reaches live orgs. Nothing leaves by another way than the one chosen here. Orgs on this machine need no network.',
  mode: 'Proxy',
  modeSystem: 'As the system',
  modeSystemHint: 'What the operating system uses, its script included. This machine itself is reached directly.',
  modePac: 'Script (PAC)',
  modePacHint:
    'A script of your company names the proxy for each address. None is looked for without an address (WPAD).',
  modeManual: 'One proxy',
  modeManualHint: 'Everything goes through it, but for the exceptions.',
  modeNone: 'None',
  modeNoneHint: 'Orgs are reached directly, whatever the system says.',
  pacAddress: 'Address of the script',
  pacAddressHint: 'It is fetched directly, without a proxy.',
  pacFileNamed: 'The script is the file {name}.',
  choosePac: 'Choose a file…',
  forgetPac: 'Fetch it from an address instead',
  proxy: 'Address of the proxy',
  proxyHint:
    'Host and port, such as proxy.example.com:8080. With https:// in front, TLS is spoken with the proxy, too; with socks5:// or socks4:// it is a SOCKS proxy.',
  bypass: 'Exceptions',
  bypassHint:
    'Reached directly: names (with all below them), addresses, networks such as 10.0.0.0/8 or 192.168.*, separated by commas. As long as localhost stands here, orgs on this machine are reached directly.',
  exceptionUnreadable:
    'The exception {entry} means nothing. Write a name such as example.com, an address, or a network such as 10.0.0.0/8 or 192.168.*, without https://. Nothing was saved.',
  proxyUser: 'User',
  proxyPassword: 'Password',
  proxyLoginHint: 'Leave both empty for a proxy that asks nobody who is calling.',
  proxyAccountUnchanged: '{account}, unchanged',
  unchanged: 'Unchanged',
  forgetLogin: 'Forget user and password',
  loginBoth: 'Enter user and password of the proxy, or neither.',
  secretKeychain: 'The password is in the keychain of this system.',
  secretAcceptedRisk: 'The password is on disk without a real keychain, as you accepted.',
  secretSession: 'The password is kept until Laurel quits; then it must be entered again.',
  secretMissing: 'The password must be entered again before anything can go through the proxy.',
  noKeychain: 'This system offers no keychain that Laurel could trust, so secrets are kept only until Laurel quits.',
  keepOnDisk: 'Keep them on disk all the same',
  keepOnDiskHint: 'Whoever can read the files of this user could then read them.',
  save: 'Save the network settings',
  saved: 'Saved: network.',

  certificatesHeading: 'Certificates',
  systemCertificates: 'Trust the certificates that the system trusts',
  systemCertificatesHint: 'Certificates of public authorities are trusted in any case.',
  authorities: 'Certificates of your own company',
  authoritiesHint: 'Trusted besides the others. A file of the authority that signs for your company, PEM or DER.',
  addAuthority: 'Add a certificate…',
  removeAuthority: 'Remove {name}',
  authorityLine: '{subject}, valid until {until}',
  clientHeading: 'Client certificate',
  clientHint: 'Proves to a gateway who is calling, where it asks for that. PFX, or PEM with its private key.',
  clientLine: '{subject}, issued by {issuer}, valid until {until}',
  chooseClient: 'Choose a certificate…',
  clientKey: 'Choose the private key…',
  clientKeyChosen: 'Private key: {name}',
  clientFile: 'Certificate: {name}',
  passphrase: 'Passphrase',
  passphraseHint: 'Of the private key; empty where it has none.',
  useClient: 'Use this certificate',
  removeClient: 'Remove the client certificate',
  clientKept: 'Certificate and key are in the keychain of this system.',
  clientAcceptedRisk: 'Certificate and key are on disk without a real keychain, as you accepted.',
  clientSession: 'Certificate and key are kept until Laurel quits; then they must be chosen again.',
  clientSecretMissing: 'The certificate must be chosen again before anything is sent.',
  savedCertificates: 'Saved: certificates.',

  testHeading: 'Test the way',
  testAddress: 'Address of a gateway',
  testAddressHint: 'No credentials of an org are sent.',
  test: 'Test connection',
  testAddressMissing: 'Enter the address of a gateway.',
  saveFirst: 'Save the network settings first.',

  chooseCertificate: 'Choose a certificate',
  choosePacTitle: 'Choose a proxy script',
  chooseButton: 'Choose',
  certificateFiles: 'Certificates and keys',
  pacFiles: 'Proxy scripts',

  proxyUnreadable:
    'The proxy in {from} cannot be understood. Write host and port, such as proxy.example.com:8080. Nothing was sent.',
  proxyMissing: 'One proxy is chosen in Settings, but none is named. Name it, or choose another way. Nothing was sent.',
  proxySecretMissing:
    'User and password of the proxy are not kept on this machine. Enter them again in Settings, Network. Nothing was sent.',
  pacMissing: 'A script is chosen in Settings, but none is named. Name it, or choose another way. Nothing was sent.',
  pacAddressUnreadable: 'The address of the proxy script, {address}, is no web address. Nothing was sent.',
  pacUnreachable:
    'The proxy script {name} could not be fetched ({detail}). Nothing was sent, also not directly. Check its address in Settings, Network.',
  pacNoScript: 'The proxy script {name} cannot be used ({detail}). Nothing was sent. Ask who looks after the network.',
  pacFailed: 'The proxy script failed for this address ({detail}). Nothing was sent. Ask who looks after the network.',
  pacNoAnswer: 'The proxy script answered “{answer}”, which names no proxy. Nothing was sent.',
  noWay: 'There is no way to the gateway. Nothing was sent.',
  certificatesUnusable:
    'A certificate in Settings, Network cannot be used ({detail}). Nothing was sent. Remove it and choose it again.',
  clientMissing:
    'The client certificate is not kept on this machine. Choose it again in Settings, Network, or remove it. Nothing was sent.',

  proxyName: 'There is no proxy called {proxy}. Check its name in Settings, Network. Nothing was sent.',
  proxyRefused: 'Nothing answers at the proxy {proxy}. Check its port, or ask who looks after it. Nothing was sent.',
  proxyBroken: 'The proxy {proxy} could not be reached ({detail}). Nothing was sent.',
  notAProxy:
    'What answers at {proxy} is no HTTP proxy. Check its port, and whether it wants https://. Nothing was sent.',
  proxyTls: 'No TLS with the proxy: {said}',
  proxyWantsCredentials:
    'The proxy {proxy} wants to know who is calling (407). Enter user and password in Settings, Network. Nothing was sent.',
  proxyCredentials:
    'The proxy {proxy} did not accept user and password (407). Enter them again in Settings, Network. Nothing was sent.',
  proxyScheme:
    'The proxy {proxy} wants to know who is calling by {schemes}, which Laurel does not speak. Ask who looks after it for a proxy with user and password (Basic), or with none. Nothing was sent.',
  socksWantsCredentials:
    'The SOCKS proxy {proxy} wants to know who is calling. Enter user and password in Settings, Network. Nothing was sent.',
  socksCredentials:
    'The SOCKS proxy {proxy} did not accept user and password. Enter them again in Settings, Network. Nothing was sent.',
  notASocksProxy:
    'What answers at {proxy} is no SOCKS proxy of that version. Check its port, and whether it is an HTTP proxy. Nothing was sent.',
  proxyRefuses:
    'The proxy {proxy} does not let Laurel through to {target} ({status}). Ask who looks after it. Nothing was sent.',
  proxyCannotReach:
    'The proxy {proxy} could not reach {target} ({status}). Check the address of the org. Nothing was sent.',

  gatewayRefused: '{host} is there, but nothing answers on that port. Check the address and port.',
  gatewayUnreachable: '{host} cannot be reached from this network ({detail}). Check the network, VPN or proxy.',

  selfSigned:
    'The certificate of {host} is self-signed: nobody vouches for it. If it is your company’s, add it in Settings, Network. Nothing was sent.',
  unknownIssuer:
    'The certificate of {host} is signed by an authority that this machine does not know. If it is your company’s, add its certificate in Settings, Network. Nothing was sent.',
  unknownIssuerNamed:
    'The certificate of {host} is signed by {issuer}, which this machine does not know. If that is your company’s authority, add its certificate in Settings, Network. Nothing was sent.',
  wrongHost: 'The certificate shown for {host} is another server’s. Check the address. Nothing was sent.',
  wrongHostNamed:
    'The certificate shown for {host} is for another server: {names}. Check the address. Nothing was sent.',
  expired: 'The certificate of {host} has expired. Tell who runs it. Nothing was sent.',
  expiredNamed:
    'The certificate of {host}, issued by {issuer}, expired on {until}. Tell who runs it. Nothing was sent.',
  notYet: 'The certificate of {host} is not valid yet. Check the clock of this machine. Nothing was sent.',
  plainPort: '{host} does not speak TLS on that port. Check the port, or write http:// for an org on this machine.',
  tlsPort: '{host} speaks TLS on that port. Write https:// in front of the address.',
  tlsCut: '{host} ended the connection while TLS was being set up. Nothing was sent.',
  tlsBroken: 'No TLS with {host} ({detail}). Nothing was sent.',
  clientWanted: '{host} wants a client certificate. Choose it in Settings, Network. Nothing was done.',
  clientRefused: '{host} did not accept the client certificate. Ask who runs it which one it takes. Nothing was done.',
  gatewayCut: '{host} takes connections, but broke off instead of answering ({detail}). Is it a badge gateway?',

  wayDirect: 'The way stands: {host} answers, reached directly.',
  wayByProxy: 'The way stands: {host} answers through the proxy {proxy}.',
  wayDirectTls: 'The way stands: {host} answers, reached directly; its certificate is issued by {issuer}.',
  wayByProxyTls: 'The way stands: {host} answers through the proxy {proxy}; its certificate is issued by {issuer}.',

  addressUnreadable: 'The address is no web address. Write it like https://eu.api.example.com. Nothing was sent.',
  noWorkspace: 'There is no workspace {file}. Nothing was made or sent.',
  settingsUnreadable: 'The network settings of {file} cannot be read. Nothing was sent; save them again in the window.',
  noCertificates: '{name} holds no certificate. Choose a PEM or DER file. Nothing was changed.',
  fileUnreadable: '{name} could not be read: {reason}. Choose it again. Nothing was changed.',
  fileTooLarge: '{name} is too large to be a certificate or a script. Nothing was changed.',
  authorityExpired: '{name} holds a certificate that is no longer valid: {subject}. Nothing was changed.',
  keyMissing:
    '{name} holds a certificate without its private key. Choose the key, too, or a PFX file. Nothing was changed.',
  keyUnfit: 'The private key does not belong to the certificate in {name}. Nothing was changed.',
  passphraseWrong: '{name} could not be opened with this passphrase. Nothing was changed.',
  clientUnusable: '{name} cannot be used as a client certificate ({detail}). Nothing was changed.',
  proxyLoginInAddress: 'Credentials do not belong into the address of the proxy: enter them below. Nothing was saved.',
  variableUnread: 'The file that {name} names could not be read as certificates, so it is not used.',
} as const;
