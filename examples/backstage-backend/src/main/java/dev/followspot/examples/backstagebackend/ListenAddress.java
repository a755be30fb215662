package dev.followspot.examples.backstagebackend;

import dev.followspot.core.config.ConfigProblems;
import dev.followspot.core.config.ConfigSection;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where to listen, in the forms of Backstage's {@code backend.listen}: {@code 7007}, {@code :7007},
 * {@code host:7007}, or an object with {@code host} and {@code port}.
 *
 * @param host a name or address; null for every address of the machine
 * @param port the port; 0 for a free one
 */
record ListenAddress(@Nullable String host, int port) {

  static final String LOOPBACK = "127.0.0.1";
  static final int DEFAULT_PORT = 7007;
  static final ListenAddress DEFAULT = new ListenAddress(LOOPBACK, DEFAULT_PORT);

  private static final int MAX_PORT = 65535;
  private static final String KEY = "listen";

  /** An IPv6 address may be in brackets, as in a URL. */
  private static final Pattern TEXT = Pattern.compile("(?:(\\[[^]]*]|[^:]*):)?(\\d{1,5})");

  /** Reads {@code backend.listen}; without a host it is loopback, but {@code :7007} is all. */
  static ListenAddress from(ConfigSection backend) {
    Optional<Object> value = backend.raw(KEY);
    if (value.isEmpty()) {
      return DEFAULT;
    }
    if (value.get() instanceof Map<?, ?>) {
      return fromObject(backend.section(KEY));
    }
    String text = String.valueOf(value.get()).strip();
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(2)) > MAX_PORT) {
      throw backend.problem(
          KEY,
          Texts.quoted(text)
              + " is no address to listen on; wanted <port>, <host>:<port> or { host, port }, such"
              + " as 127.0.0.1:7007, or :7007 for every address");
    }
    int port = Integer.parseInt(parts.group(2));
    String host = parts.group(1);
    return host == null
        ? new ListenAddress(LOOPBACK, port)
        : new ListenAddress(host.isEmpty() ? null : withoutBrackets(host), port);
  }

  private static ListenAddress fromObject(ConfigSection listen) {
    ConfigProblems problems = new ConfigProblems();
    Optional<String> host = problems.read(() -> listen.optionalString("host"));
    Optional<Long> port = problems.read(() -> listen.optionalInteger("port", 0, MAX_PORT));
    problems.throwIfAny();
    return new ListenAddress(
        host == null ? LOOPBACK : withoutBrackets(host.orElse(LOOPBACK).strip()),
        port == null ? DEFAULT_PORT : port.orElse((long) DEFAULT_PORT).intValue());
  }

  private static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  ListenAddress withPort(int other) {
    return new ListenAddress(host, other);
  }

  /** Whether only programs of this machine get through, as far as the text tells. */
  boolean isLoopback() {
    return host != null
        && (host.equals("localhost") || host.startsWith("127.") || host.equals("::1"));
  }

  /** {@code host:port}, as in a URL. */
  @Override
  public String toString() {
    String shown = host == null ? "0.0.0.0" : host;
    return (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port;
  }
}
