package dev.followspot.core.http;

import dev.followspot.spi.CellStatus;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http2.H2ConnectionException;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.jspecify.annotations.Nullable;

/** Says what the exceptions of sockets, TLS and HTTP mean to people. */
final class Failures {

  private Failures() {}

  /** Why there is no connection. */
  static Trouble connecting(Origin origin, Throwable cause) {
    Trouble known = knownTrouble(cause);
    if (known != null) {
      return known;
    }
    if (find(cause, SSLException.class) != null) {
      return tls(origin, cause);
    }
    String where = origin.shown();
    UnknownHostException unknown = find(cause, UnknownHostException.class);
    if (unknown != null) {
      return new Trouble(
          CellStatus.UNREACHABLE, "the host of " + where + " is unknown; check the url", cause);
    }
    if (find(cause, ConnectException.class) != null) {
      return new Trouble(
          CellStatus.UNREACHABLE,
          "no connection to "
              + where
              + ": "
              + reason(cause)
              + "; check the url, and that the"
              + " API server runs",
          cause);
    }
    String how = origin.tls() == null ? "" : " during the TLS handshake";
    return new Trouble(
        CellStatus.UNREACHABLE,
        "no connection to " + where + ": it was closed" + how + " (" + reason(cause) + ")",
        cause);
  }

  /** Why there is no whole answer. */
  static Trouble exchanging(Origin origin, @Nullable Throwable cause, boolean begun) {
    Trouble known = knownTrouble(cause);
    if (known != null) {
      return known;
    }
    String where = origin.shown();
    if (find(cause, SSLException.class) != null) {
      return tls(origin, cause);
    }
    H2StreamResetException reset = find(cause, H2StreamResetException.class);
    if (reset != null) {
      return new Trouble(
          CellStatus.UNREACHABLE,
          where
              + " reset the stream"
              + (begun ? " in the middle of the answer" : "")
              + " (HTTP/2 error "
              + reset.getCode()
              + ")",
          cause);
    }
    boolean cut = find(cause, TruncatedChunkException.class) != null;
    if (!cut
        && (find(cause, HttpException.class) != null
            || find(cause, MessageConstraintException.class) != null
            || find(cause, MalformedChunkCodingException.class) != null
            || find(cause, H2ConnectionException.class) != null)) {
      return new Trouble(
          CellStatus.INVALID_RESPONSE,
          where + " did not answer with valid HTTP: " + withoutAnswer(reason(cause)),
          cause);
    }
    return new Trouble(
        CellStatus.UNREACHABLE,
        begun
            ? "the connection to " + where + " ended in the middle of the answer"
            : "the connection to " + where + " ended before an answer came",
        cause);
  }

  private static Trouble tls(Origin origin, @Nullable Throwable cause) {
    String where = origin.shown();
    String cure = "give its authority as caData or caFile";
    String text;
    CertPathValidatorException path = find(cause, CertPathValidatorException.class);
    String message = reason(find(cause, CertificateException.class)).toLowerCase(Locale.ROOT);
    String whole = reason(find(cause, SSLException.class)).toLowerCase(Locale.ROOT);
    if (find(cause, CertificateExpiredException.class) != null
        || (path != null && path.getReason() == BasicReason.EXPIRED)) {
      text = "the certificate of " + where + " has expired; renew it";
    } else if (find(cause, CertificateNotYetValidException.class) != null
        || (path != null && path.getReason() == BasicReason.NOT_YET_VALID)) {
      text = "the certificate of " + where + " is not valid yet; check the clocks";
    } else if (message.contains("no name matching")
        || message.contains("no subject alternative")
        || message.contains("hostname")) {
      TlsIdentity identity = origin.tls();
      String name = identity == null ? origin.host() : identity.nameOr(origin.host());
      text =
          "the certificate of "
              + where
              + " is not for the name '"
              + name
              + "'; use a url with a name that it has, or set tlsServerName";
    } else if (find(cause, CertificateException.class) != null || path != null) {
      text = "the certificate of " + where + " is not trusted; " + cure;
    } else if (whole.contains("unrecognized ssl message") || whole.contains("plaintext")) {
      return new Trouble(
          CellStatus.TLS, where + " does not speak TLS; check the url, maybe it is http://", cause);
    } else if (whole.contains("fatal alert")) {
      return new Trouble(
          CellStatus.TLS,
          where
              + " refused the TLS handshake ("
              + reason(find(cause, SSLException.class))
              + "); check the client certificate, if there is one, and tlsServerName",
          cause);
    } else {
      return new Trouble(
          CellStatus.TLS,
          "the TLS handshake with " + where + " failed: " + reason(find(cause, SSLException.class)),
          cause);
    }
    return new Trouble(
        CellStatus.TLS, text + " (or, against the advice, set skipTLSVerify)", cause);
  }

  private static @Nullable Trouble knownTrouble(@Nullable Throwable cause) {
    return find(cause, Trouble.class);
  }

  /** HttpCore quotes the line that is wrong, which may hold a cookie or a token. */
  private static String withoutAnswer(String reason) {
    int quoted = reason.indexOf('<');
    return quoted < 0 ? reason : reason.substring(0, quoted).replaceFirst("[:\\s]+$", "");
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause == null) {
      return "";
    }
    String message = cause.getMessage();
    String text = message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }

  private static <T> @Nullable T find(@Nullable Throwable cause, Class<T> type) {
    Throwable at = cause;
    for (int depth = 0; at != null && depth < 20; depth++) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
      at = at.getCause();
    }
    return null;
  }
}
