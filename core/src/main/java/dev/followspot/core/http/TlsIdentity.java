package dev.followspot.core.http;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * How connections are secured: whom they trust, and who they say they are. Compared by identity.
 */
final class TlsIdentity {

  private final SSLContext context;
  private final boolean verifies;
  private final @Nullable String serverName;

  TlsIdentity(SSLContext context, boolean verifies, @Nullable String serverName) {
    this.context = context;
    this.verifies = verifies;
    this.serverName = serverName;
  }

  SSLContext context() {
    return context;
  }

  /** The name that the server's certificate has to be for. */
  String nameOr(String host) {
    return serverName == null ? host : serverName;
  }

  boolean hasServerName() {
    return serverName != null;
  }

  void prepare(SSLEngine engine, String host, boolean http2) {
    SSLParameters parameters = engine.getSSLParameters();
    if (verifies) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    SNIHostName name = sni(nameOr(host));
    parameters.setServerNames(name == null ? List.of() : List.of(name));
    parameters.setApplicationProtocols(
        http2 ? new String[] {"h2", "http/1.1"} : new String[] {"http/1.1"});
    engine.setSSLParameters(parameters);
  }

  /** Addresses are not sent as SNI. */
  private static @Nullable SNIHostName sni(String name) {
    if (name.indexOf(':') >= 0 || name.matches("[0-9.]+")) {
      return null;
    }
    try {
      return new SNIHostName(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
