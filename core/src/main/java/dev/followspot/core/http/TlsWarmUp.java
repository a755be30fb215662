package dev.followspot.core.http;

import dev.followspot.spi.Cluster;
import dev.followspot.spi.Credential;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads most of what TLS consists of, about 500 classes, by beginning a handshake with nobody.
 * Nothing is sent, and nobody is trusted: the engine is thrown away.
 */
final class TlsWarmUp {

  private static final Logger LOG = LoggerFactory.getLogger(TlsWarmUp.class);

  private TlsWarmUp() {}

  static void run() {
    try {
      Cluster nobody =
          Cluster.named("nobody")
              .url("https://localhost")
              .authProvider("anonymous")
              .skipTlsVerify(true)
              .build();
      TlsIdentity identity =
          new TlsIdentities().load(TlsIdentities.Key.of(nobody, Credential.none()));
      SSLEngine engine = identity.context().createSSLEngine("localhost", 443);
      engine.setUseClientMode(true);
      identity.prepare(engine, "localhost", true);
      engine.beginHandshake();
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), hello);
    } catch (Trouble | SSLException | RuntimeException | LinkageError e) {
      // Whatever is wrong here, the first look-up tells, and better.
      LOG.debug("TLS could not be warmed up", e);
    }
  }
}
