package dev.followspot.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

  private static InetAddress address(String literal) {
    return Objects.requireNonNull(PublicAddresses.literal(literal), literal);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, an address of this machine",
    "0.1.2.3, an address of this machine",
    "127.0.0.1, a loopback address",
    "127.255.255.254, a loopback address",
    "10.0.0.1, a private address",
    "10.255.255.255, a private address",
    "172.16.0.1, a private address",
    "172.31.255.255, a private address",
    "192.168.1.1, a private address",
    "100.64.0.1, a shared address of a carrier",
    "100.100.100.200, a shared address of a carrier",
    "100.127.255.255, a shared address of a carrier",
    "169.254.1.1, a link-local address",
    "169.254.169.254, the address of a cloud's metadata service",
    "168.63.129.16, the address of a cloud's platform service",
    "192.0.0.192, an address of a network protocol",
    "192.0.2.7, an address for documentation",
    "198.51.100.7, an address for documentation",
    "203.0.113.7, an address for documentation",
    "192.88.99.1, an address of a 6to4 relay",
    "198.18.0.1, an address for benchmarks",
    "198.19.255.255, an address for benchmarks",
    "224.0.0.1, a multicast address",
    "239.255.255.255, a multicast address",
    "240.0.0.1, a reserved address",
    "255.255.255.255, the broadcast address",
    "::, an address of this machine",
    "::1, a loopback address",
    "::10.0.0.1, an IPv4-compatible address",
    "::8.8.8.8, an IPv4-compatible address",
    "fd00:ec2::254, the address of a cloud's metadata service",
    "fc00::1, a private address",
    "fdff::1, a private address",
    "fe80::1, a link-local address",
    "febf::1, a link-local address",
    "fec0::1, a site-local address",
    "ff02::1, a multicast address",
    "2001::1, a Teredo address",
    "2001:20::1, an address of a network protocol",
    "2001:db8::1, an address for documentation",
    "3fff::1, an address for documentation",
    "2002:0a00:0001::1, a 6to4 address",
    "2002:0808:0808::1, a 6to4 address",
    "64:ff9b::10.0.0.1, a private address",
    "64:ff9b::a9fe:a9fe, the address of a cloud's metadata service",
    "64:ff9b::7f00:1, a loopback address",
    "64:ff9b:1::1, an address of a local translator",
    "100::1, a reserved address",
    "4000::1, a reserved address",
    "5f00::1, a reserved address",
    "::ffff:10.0.0.1, a private address",
    "::FFFF:7f00:1, a loopback address",
    "0:0:0:0:0:ffff:a9fe:a9fe, the address of a cloud's metadata service"
  })
  void an_address_that_is_not_public_is_told_by_its_kind(String literal, String kind) {
    assertThat(PublicAddresses.reserved(address(literal))).isEqualTo(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2001:4860:4860::8888",
        "2a00:1450::1",
        "64:ff9b::8.8.8.8",
        "::ffff:8.8.8.8"
      })
  void an_address_beside_the_reserved_ones_is_public(String literal) {
    assertThat(PublicAddresses.reserved(address(literal))).isNull();
  }

  @Test
  void a_mapped_address_of_sixteen_bytes_is_what_its_ipv4_address_is() throws Exception {
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    bytes[12] = 10;
    // Not through InetAddress, which would make an IPv4 address of it.
    InetAddress mapped = Inet6Address.getByAddress("mapped", bytes, -1);
    assertThat(mapped.getAddress()).hasSize(16);
    assertThat(PublicAddresses.reserved(mapped)).isEqualTo("a private address");
  }

  @Test
  void an_address_of_one_network_interface_is_not_public() throws Exception {
    byte[] bytes = address("2606:4700::1111").getAddress();
    assertThat(PublicAddresses.reserved(Inet6Address.getByAddress("x", bytes, 3)))
        .isEqualTo("an address of one network interface");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "localhost",
        "2130706433",
        "127.1",
        "0177.0.0.1",
        "0x7f.0.0.1",
        "127.0.0.1.",
        "127.0.0.256",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "fe80::1%eth0",
        "[::1]",
        ":",
        ":::",
        "1::2::3",
        "12345::",
        "::ffff:1.2.3.999",
        "a.example",
        "face",
        "1.2.3.4:443",
        "１２７.0.0.1"
      })
  void nothing_else_is_taken_for_an_address(String host) {
    assertThat(PublicAddresses.literal(host)).isNull();
  }
}
