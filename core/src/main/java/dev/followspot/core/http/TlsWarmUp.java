package dev.followspot.core.http;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
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
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAnyone()}, null);
      SSLEngine engine = context.createSSLEngine("localhost", 443);
      engine.setUseClientMode(true);
      new TlsIdentity(context, true, null).prepare(engine, "localhost", true);
      engine.beginHandshake();
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), hello);
    } catch (GeneralSecurityException | SSLException | RuntimeException e) {
      // Whatever is wrong with TLS here, the first look-up tells, and better.
      LOG.debug("TLS could not be warmed up", e);
    }
  }
}
