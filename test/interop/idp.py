"""A SAML identity provider of another code base: pysaml2 and xmlsec1 behind two pages.

Usage: idp.py SP_METADATA_URL KEY_FILE CERTIFICATE_FILE

Prints "listens on URL" once it can be used. /metadata is its metadata; /sso reads an AuthnRequest and asks in a form
how to answer it; /login sends that answer. Signs in whomever the form names.
"""

import functools
import html
import sys
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

import saml2.entity
import saml2.sigver
from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT
from saml2.config import IdPConfig
from saml2.metadata import entity_descriptor
from saml2.saml import NAMEID_FORMAT_EMAILADDRESS, NAME_FORMAT_URI, NameID
from saml2.server import Server

# Triple DES, its own choice, is none that Gatehouse takes.
AES_GCM = 'http://www.w3.org/2009/xmlenc11#aes256-gcm'
saml2.entity.pre_encryption_part = functools.partial(saml2.entity.pre_encryption_part, msg_enc=AES_GCM)

RSA_SHA = 'http://www.w3.org/2001/04/xmldsig-more#rsa-'
SHA = {
    'sha256': 'http://www.w3.org/2001/04/xmlenc#sha256',
    'sha512': 'http://www.w3.org/2001/04/xmlenc#sha512',
}
AUTHENTICATION = {'class_ref': 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'}

PAGE = '<!doctype html><form method="post" action="/login">{fields}<button>Sign in</button></form>'
FIELD = '<input type="hidden" name="{name}" value="{value}">'


class Provider:
    def __init__(self, url, sp_metadata_url, key_file, certificate_file):
        with urllib.request.urlopen(sp_metadata_url) as answer:
            sp_metadata = answer.read().decode()
        self.config = IdPConfig().load({
            'entityid': f'{url}/metadata',
            'key_file': key_file,
            'cert_file': certificate_file,
            'xmlsec_binary': '/usr/bin/xmlsec1',
            'metadata': {'inline': [sp_metadata]},
            'service': {'idp': {
                'endpoints': {'single_sign_on_service': [(f'{url}/sso', BINDING_HTTP_REDIRECT)]},
                'policy': {'default': {'lifetime': {'minutes': 5}, 'name_form': NAME_FORMAT_URI}},
            }},
        })
        self.server = Server(config=self.config)
        self.server.sec.encrypt_assertion = functools.partial(
            self.server.sec.encrypt_assertion, key_type='aes-256')

    def metadata(self):
        return str(entity_descriptor(self.config))

    def read_request(self, query):
        """Refuses what is not for this provider, and a signature that does not hold."""
        message = self.server.parse_authn_request(query['SAMLRequest'], BINDING_HTTP_REDIRECT).message
        if 'Signature' in query:
            self.require_signed(query, message.issuer.text)
        return message

    def require_signed(self, query, issuer):
        certificates = self.server.metadata.certs(issuer, 'any', 'signing')
        signed = {name: query[name] for name in ('SAMLRequest', 'RelayState', 'SigAlg', 'Signature')}
        if not any(saml2.sigver.verify_redirect_signature(signed, self.server.sec.sec_backend, cert)
                   for cert in certificates):
            raise ValueError('the signature of the request does not hold')

    def answer(self, form):
        [sp_entity_id] = self.server.metadata.keys()
        sha = form.get('sha', 'sha256')
        [acs] = self.server.metadata.assertion_consumer_service(sp_entity_id, BINDING_HTTP_POST)
        response = self.server.create_authn_response(
            {'mail': form['email'], 'givenName': form.get('given_name', ''), 'sn': form.get('family_name', '')},
            in_response_to=form.get('request_id') or None,
            destination=acs['location'],
            sp_entity_id=sp_entity_id,
            name_id=NameID(format=NAMEID_FORMAT_EMAILADDRESS, text=form['email']),
            authn=AUTHENTICATION,
            sign_assertion='assertion' in form['sign'],
            sign_response='response' in form['sign'],
            encrypt_assertion=form.get('encrypt') == 'yes',
            sign_alg=RSA_SHA + sha,
            digest_alg=SHA[sha],
        )
        bound = self.server.apply_binding(
            BINDING_HTTP_POST, str(response), acs['location'], form.get('relay_state', ''), response=True)
        return bound['data']


class Handler(BaseHTTPRequestHandler):
    provider = None

    def do_GET(self):
        path, _, search = self.path.partition('?')
        query = dict(urllib.parse.parse_qsl(search))
        if path == '/metadata':
            self.reply(self.provider.metadata(), 'application/samlmetadata+xml')
        elif path == '/sso':
            request = self.provider.read_request(query)
            self.ask(request_id=request.id, relay_state=query['RelayState'], signed=str('Signature' in query))
        else:
            self.ask(request_id='', relay_state='')

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length'])).decode()
        self.reply(self.provider.answer(dict(urllib.parse.parse_qsl(body))), 'text/html')

    def ask(self, **fields):
        inputs = [FIELD.format(name=name, value=html.escape(value)) for name, value in fields.items()]
        self.reply(PAGE.format(fields=''.join(inputs)), 'text/html')

    def reply(self, text, media_type):
        self.send_response(200)
        self.send_header('Content-Type', media_type)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


def main():
    sp_metadata_url, key_file, certificate_file = sys.argv[1:]
    server = HTTPServer(('127.0.0.1', 0), Handler)
    url = f'http://localhost:{server.server_port}'
    Handler.provider = Provider(url, sp_metadata_url, key_file, certificate_file)
    print(f'listens on {url}', flush=True)
    server.serve_forever()


main()
