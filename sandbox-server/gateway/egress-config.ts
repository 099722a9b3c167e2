/**
 * HAProxy's configuration: requests go out only to the package hosts, told by Host header or TLS server name, and only
 * to public addresses: names are resolved here, after the check, so an allowed name that points inwards is refused too.
 */

/** Addresses that are never public: this network, private, loopback, link-local and metadata, multicast, reserved. */
const inwardNetworks = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
].join(' ');

export interface EgressOptions {
  httpSocketPath: string;
  tlsSocketPath: string;
  /** Without ports. */
  hosts: string[];
}

export function egressConfig({ httpSocketPath, tlsSocketPath, hosts }: EgressOptions): string {
  // HAProxy wants at least one value; `.invalid` never resolves (RFC 6761).
  const names = (hosts.length > 0 ? hosts : ['nothing.invalid']).join(' ');
  return `global
    log stdout format raw local0 info
    maxconn 2000

defaults
    log global
    timeout connect 10s
    timeout client 2m
    timeout server 2m
    timeout http-request 10s

resolvers host
    parse-resolv-conf
    hold valid 60s
    resolve_retries 3
    timeout resolve 2s

frontend http
    mode http
    option httplog
    bind unix@${httpSocketPath} mode 600
    http-request set-var(txn.name) req.hdr(host),field(1,:),lower
    http-request deny deny_status 403 unless { var(txn.name) -m str ${names} }
    http-request do-resolve(txn.address,host,ipv4) var(txn.name)
    http-request deny deny_status 502 unless { var(txn.address) -m found }
    http-request deny deny_status 403 if { var(txn.address) -m ip ${inwardNetworks} }
    http-request set-dst var(txn.address)
    http-request set-dst-port int(80)
    default_backend http_out

backend http_out
    mode http
    server out 0.0.0.0:0

frontend tls
    mode tcp
    option tcplog
    bind unix@${tlsSocketPath} mode 600
    tcp-request inspect-delay 5s
    tcp-request content set-var(sess.name) req.ssl_sni,lower if { req.ssl_hello_type 1 }
    tcp-request content reject if { req.ssl_hello_type 1 } !{ var(sess.name) -m str ${names} }
    tcp-request content do-resolve(sess.address,host,ipv4) var(sess.name) if { req.ssl_hello_type 1 }
    tcp-request content reject if { req.ssl_hello_type 1 } !{ var(sess.address) -m found }
    tcp-request content reject if { var(sess.address) -m ip ${inwardNetworks} }
    tcp-request content set-dst var(sess.address) if { req.ssl_hello_type 1 }
    tcp-request content set-dst-port int(443) if { req.ssl_hello_type 1 }
    tcp-request content accept if { req.ssl_hello_type 1 }
    tcp-request content reject
    default_backend tls_out

backend tls_out
    mode tcp
    server out 0.0.0.0:0
`;
}
