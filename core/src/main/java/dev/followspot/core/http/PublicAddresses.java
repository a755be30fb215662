package dev.followspot.core.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells public addresses from those that lead to this machine, into a private network, to a cloud's
 * metadata service, or nowhere: the special-purpose registries of IANA, and what clouds add to
 * them. IPv6 addresses are public only within {@code 2000::/3}, and where they stand for an IPv4
 * address they are what that one is.
 */
public final class PublicAddresses {

  private static final Pattern DOTTED =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

  /** Some leading bits, and what an address with them is. */
  private static final class Block {
    private final byte[] start;
    private final int bits;
    private final String kind;

    private Block(byte[] start, int bits, String kind) {
      this.start = start;
      this.bits = bits;
      this.kind = kind;
    }

    static Block of(String network, String kind) {
      int slash = network.indexOf('/');
      InetAddress start = literal(network.substring(0, slash));
      if (start == null) {
        throw new IllegalArgumentException(network);
      }
      return new Block(start.getAddress(), Integer.parseInt(network.substring(slash + 1)), kind);
    }

    boolean holds(byte[] address) {
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (start[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Block> IPV4 =
      List.of(
          Block.of("0.0.0.0/8", "an address of this machine"),
          Block.of("127.0.0.0/8", "a loopback address"),
          Block.of("10.0.0.0/8", "a private address"),
          Block.of("172.16.0.0/12", "a private address"),
          Block.of("192.168.0.0/16", "a private address"),
          Block.of("100.64.0.0/10", "a shared address of a carrier"),
          Block.of("169.254.169.254/32", "the address of a cloud's metadata service"),
          Block.of("169.254.0.0/16", "a link-local address"),
          Block.of("168.63.129.16/32", "the address of a cloud's platform service"),
          Block.of("192.0.0.0/24", "an address of a network protocol"),
          Block.of("192.0.2.0/24", "an address for documentation"),
          Block.of("198.51.100.0/24", "an address for documentation"),
          Block.of("203.0.113.0/24", "an address for documentation"),
          Block.of("192.88.99.0/24", "an address of a 6to4 relay"),
          Block.of("198.18.0.0/15", "an address for benchmarks"),
          Block.of("224.0.0.0/4", "a multicast address"),
          Block.of("255.255.255.255/32", "the broadcast address"),
          Block.of("240.0.0.0/4", "a reserved address"));

  private static final List<Block> IPV6 =
      List.of(
          Block.of("::/128", "an address of this machine"),
          Block.of("::1/128", "a loopback address"),
          Block.of("::/96", "an IPv4-compatible address"),
          Block.of("fd00:ec2::254/128", "the address of a cloud's metadata service"),
          Block.of("fc00::/7", "a private address"),
          Block.of("fe80::/10", "a link-local address"),
          Block.of("fec0::/10", "a site-local address"),
          Block.of("ff00::/8", "a multicast address"),
          Block.of("2001::/32", "a Teredo address"),
          Block.of("2001::/23", "an address of a network protocol"),
          Block.of("2001:db8::/32", "an address for documentation"),
          Block.of("3fff::/20", "an address for documentation"),
          Block.of("2002::/16", "a 6to4 address"),
          Block.of("64:ff9b:1::/48", "an address of a local translator"));

  private static final Block GLOBAL = Block.of("2000::/3", "");
  private static final Block TRANSLATED = Block.of("64:ff9b::/96", "");
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private PublicAddresses() {}

  /**
   * What an address is, if it is not public.
   *
   * @param address the address
   * @return such as {@code a private address}; null if it is public
   */
  public static @Nullable String reserved(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return first(IPV4, bytes);
    }
    if (address instanceof Inet6Address six && six.getScopeId() != 0) {
      return "an address of one network interface";
    }
    String kind = first(IPV6, bytes);
    if (kind != null) {
      return kind;
    }
    if (Arrays.equals(MAPPED, Arrays.copyOf(bytes, MAPPED.length)) || TRANSLATED.holds(bytes)) {
      return first(IPV4, Arrays.copyOfRange(bytes, 12, 16));
    }
    return GLOBAL.holds(bytes) ? null : "a reserved address";
  }

  private static @Nullable String first(List<Block> blocks, byte[] address) {
    for (Block block : blocks) {
      if (block.holds(address)) {
        return block.kind;
      }
    }
    return null;
  }

  /**
   * An address that is written as one; no name is resolved.
   *
   * @param host four decimal numbers with dots, or an IPv6 address without brackets and zone
   * @return the address; null if the host is not written so
   */
  public static @Nullable InetAddress literal(String host) {
    if (!DOTTED.matcher(host).matches()
        && !(host.indexOf(':') >= 0
            && host.toLowerCase(Locale.ROOT).chars().allMatch(PublicAddresses::isOfIpv6))) {
      return null;
    }
    try {
      // Neither form is ever asked of a name service.
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static boolean isOfIpv6(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
  }
}
