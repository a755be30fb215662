package dev.followspot.core.cluster;

import dev.followspot.core.http.PublicAddresses;
import dev.followspot.core.text.Shortened;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL of an API server that somebody wrote who is not trusted. It is read as strictly as
 * possible, and its host is written anew in the one form that every library understands alike: an
 * address of any notation as four numbers, a name in lower case, in ASCII and without a dot at its
 * end.
 *
 * @param uri scheme, host, port and path; nothing else
 * @param host the host, an IPv6 address without brackets
 */
record ApiServerUrl(URI uri, String host) {

  /** What is wrong with a URL, as the end of a sentence; nothing secret of it is shown. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private static final int MAX_LENGTH = 2000;
  private static final int MAX_HOST = 253;
  private static final int MAX_PORT = 65_535;
  private static final Pattern URL =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)([^?#]*)(?:\\?[^#]*)?(?:#.*)?");
  private static final Pattern UNFIT = Pattern.compile("[\\\\\\p{Cntrl}\\s\\p{Cf}\\p{Cs}]");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[^\\[\\]]*\\]|[^:\\[\\]]*)(?::([0-9]*))?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(?:\\.[a-z0-9_-]+)*");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  /** Reads a URL. */
  static ApiServerUrl parse(String written) throws Refused {
    String text = written.strip();
    Matcher url = URL.matcher(text);
    if (text.length() > MAX_LENGTH || UNFIT.matcher(text).find() || !url.matches()) {
      throw new Refused("is no URL; https://host:port is expected");
    }
    String scheme = url.group(1).toLowerCase(Locale.ROOT);
    if (url.group(2).indexOf('@') >= 0) {
      throw new Refused("has a user name or password in it, which is not shown; remove it");
    }
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw new Refused("has the scheme " + Shortened.quoted(scheme) + "; https is expected");
    }
    Matcher authority = AUTHORITY.matcher(url.group(2));
    if (!authority.matches()) {
      throw new Refused("has no host and port of the form host:port");
    }
    String host = host(authority.group(1));
    try {
      String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
      return new ApiServerUrl(
          new URI(scheme + "://" + shown + port(authority.group(2)) + url.group(3)), host);
    } catch (URISyntaxException e) {
      throw new Refused("has a path with characters that have to be percent-encoded");
    }
  }

  private static String port(@Nullable String digits) throws Refused {
    if (digits == null || digits.isEmpty()) {
      return "";
    }
    if (digits.length() > 5 || Integer.parseInt(digits) > MAX_PORT || digits.matches("0+")) {
      throw new Refused("has a port that is none; 1 to " + MAX_PORT + " are expected");
    }
    return ":" + Integer.parseInt(digits);
  }

  /**
   * A host in its one form.
   *
   * @param written a name, or an address of any notation, an IPv6 address with or without brackets
   */
  static String host(String written) throws Refused {
    if (written.isEmpty()) {
      throw new Refused("has no host");
    }
    if (written.startsWith("[") || written.indexOf(':') >= 0) {
      String inner = written.startsWith("[") ? written.substring(1, written.length() - 1) : written;
      InetAddress address = inner.indexOf(':') >= 0 ? PublicAddresses.literal(inner) : null;
      if (address == null) {
        throw new Refused("has a host that is no IPv6 address");
      }
      return address.getHostAddress();
    }
    String name;
    try {
      name = IDN.toASCII(written).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new Refused("has a host that is no name");
    }
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    if (name.length() > MAX_HOST || !NAME.matcher(name).matches()) {
      throw new Refused("has a host that is no name");
    }
    String last = name.substring(name.lastIndexOf('.') + 1);
    return NUMBER.matcher(last).matches() ? ipv4(name) : name;
  }

  /** An address of one to four numbers, each decimal, octal or hexadecimal, as browsers read it. */
  private static String ipv4(String text) throws Refused {
    String[] parts = text.split("\\.", -1);
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean isLast = i == parts.length - 1;
      long number = number(parts[i]);
      // The last number fills what the others leave.
      long most = isLast && parts.length <= 4 ? (1L << (8 * (5 - parts.length))) - 1 : 255;
      if (parts.length > 4 || number < 0 || number > most) {
        throw new Refused("has a host that ends in a number and is no IPv4 address");
      }
      address |= isLast ? number : number << (8 * (3 - i));
    }
    return (address >> 24)
        + "."
        + (address >> 16 & 255)
        + "."
        + (address >> 8 & 255)
        + "."
        + (address & 255);
  }

  private static long number(String text) {
    try {
      if (text.startsWith("0x")) {
        return text.length() == 2 ? 0 : Long.parseLong(text.substring(2), 16);
      }
      return text.length() > 1 && text.startsWith("0")
          ? Long.parseLong(text, 8)
          : Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
