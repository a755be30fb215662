package dev.followspot.core.proxy;

import dev.followspot.spi.HttpHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What kind of request it is. */
final class Asked {

  private static final String METHOD_EXTRAS = "!#$%&'*+-.^_`|~";
  private static final Set<String> REFUSED_METHODS = Set.of("CONNECT", "TRACE");
  private static final String WEBSOCKET = "websocket";
  private static final String SPDY = "spdy/3.1";
  private static final Pattern OLD_WATCH =
      Pattern.compile("/api/[^/]+/watch/.*|/apis/[^/]+/[^/]+/watch/.*");

  private Asked() {}

  /** Refuses methods that are none, or that mean something to proxies themselves. */
  static void checkMethod(String method) {
    boolean token =
        !method.isEmpty()
            && method
                .chars()
                .allMatch(
                    c ->
                        (c >= '0' && c <= '9')
                            || (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || METHOD_EXTRAS.indexOf(c) >= 0);
    if (!token) {
      throw Refusal.input("the method is not one that HTTP allows");
    }
    if (REFUSED_METHODS.contains(method.toUpperCase(Locale.ROOT))) {
      throw Refusal.method(method.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * The protocol to change to, empty for none. Only those of Kubernetes count: a server may ignore
   * any other, and one like {@code h2c} would carry requests that nobody checks.
   */
  static String upgrade(String method, HttpHeaders headers) {
    if (!Hygiene.tokens(headers, "connection").contains("upgrade")) {
      return "";
    }
    List<String> offered = Hygiene.tokens(headers, "upgrade");
    for (String protocol : offered) {
      if (protocol.equals(WEBSOCKET)) {
        checkUpgrade(WEBSOCKET, method, method.equals("GET"));
        return WEBSOCKET;
      }
      if (protocol.equals(SPDY)) {
        checkUpgrade("SPDY/3.1", method, method.equals("GET") || method.equals("POST"));
        return "SPDY/3.1";
      }
    }
    return "";
  }

  private static void checkUpgrade(String protocol, String method, boolean fine) {
    if (!fine) {
      throw Refusal.input(
          "an upgrade to " + protocol + " with method " + method + " is not possible; use GET");
    }
  }

  /** Whether the answer comes bit by bit and may never end. */
  static boolean isEndless(String method, Target target, HttpHeaders headers) {
    return isFollow(method, target)
        || (method.equals("GET")
            && (isSet(target.query(), "watch")
                || OLD_WATCH.matcher(target.path()).matches()
                || headers.all("accept").stream()
                    .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains("event-stream"))));
  }

  /** Whether it follows a log, whose answer may not even begin before there is a line. */
  static boolean isFollow(String method, Target target) {
    return method.equals("GET")
        && target.path().endsWith("/log")
        && isSet(target.query(), "follow");
  }

  /** Whether a parameter counts as true, as API servers see it. */
  private static boolean isSet(String query, String name) {
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String key = equals < 0 ? parameter : parameter.substring(0, equals);
      if (decoded(key).equals(name)) {
        String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
        return !value.equals("0") && !value.equalsIgnoreCase("false");
      }
    }
    return false;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
