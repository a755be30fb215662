package dev.followspot.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerUrlTest {

  private static String refused(String url) {
    return catchThrowableOfType(ApiServerUrl.Refused.class, () -> ApiServerUrl.parse(url))
        .getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com, https://api.example.com",
    "HTTPS://API.Example.COM:6443/Path, https://api.example.com:6443/Path",
    "https://api.example.com., https://api.example.com",
    "https://api.example.com:, https://api.example.com",
    "https://api.example.com:0443, https://api.example.com:443",
    "https://api.example.com/k8s?a=b#c, https://api.example.com/k8s",
    "https://bücher.example, https://xn--bcher-kva.example",
    "https://1.1.1.1, https://1.1.1.1",
    "https://2130706433, https://127.0.0.1",
    "https://0177.0.0.1, https://127.0.0.1",
    "https://0x7f.1, https://127.0.0.1",
    "https://0X7F000001:6443, https://127.0.0.1:6443",
    "https://127.1, https://127.0.0.1",
    "https://10.1, https://10.0.0.1",
    "https://192.168.257, https://192.168.1.1",
    "https://017700000001, https://127.0.0.1",
    "https://127.0.0.1., https://127.0.0.1",
    "https://0, https://0.0.0.0",
    "https://0x, https://0.0.0.0",
    "https://１２７.０.０.１, https://127.0.0.1",
    "https://127。0。0。1, https://127.0.0.1",
    "https://ⓛocalhost, https://localhost",
    "https://[::1]:6443, https://[0:0:0:0:0:0:0:1]:6443",
    "https://[::ffff:10.0.0.1], https://10.0.0.1",
    "https://[::FFFF:a00:1], https://10.0.0.1",
    "https://[2606:4700::1111], https://[2606:4700:0:0:0:0:0:1111]",
    "'  https://api.example.com\n', https://api.example.com"
  })
  void a_host_has_one_form_however_it_is_written(String written, URI expected) throws Exception {
    ApiServerUrl url = ApiServerUrl.parse(written);
    assertThat(url.uri()).isEqualTo(expected);
    assertThat(url.uri().getHost().replaceAll("[\\[\\]]", "")).isEqualTo(url.host());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:secret@127.0.0.1",
        "https://secret@api.example.com",
        "https://api.example.com@127.0.0.1",
        "https://api.example.com:secret@127.0.0.1:6443",
        "https://@127.0.0.1"
      })
  void user_information_is_refused_and_not_shown(String url) {
    assertThat(refused(url)).contains("user name or password").doesNotContain("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nonsense",
        "//api.example.com",
        "https:api.example.com",
        "https:/api.example.com",
        "https://api.example.com\\@127.0.0.1",
        "https://127.0.0.1\\.example.com",
        "https://api example.com",
        "https://api.exa\nmple.com",
        "https://api.exa\u200bmple.com",
        "https://api.example.com/a\tb"
      })
  void what_libraries_might_read_differently_is_no_url(String url) {
    assertThat(refused(url)).isEqualTo("is no URL; https://host:port is expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "file", "gopher", "ws", "jar"})
  void other_schemes_are_refused(String scheme) {
    assertThat(refused(scheme + "://api.example.com"))
        .isEqualTo("has the scheme '" + scheme + "'; https is expected");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://",
        "https:///path",
        "https://:443",
        "https://.",
        "https://..",
        "https://a..b",
        "https://.a",
        "https://%31%32%37.0.0.1",
        "https://127%2e0.0.1",
        "https://a$b",
        "https://a*b.example.com",
        "https://[::1",
        "https://::1",
        "https://[fe80::1%25eth0]",
        "https://[fe80::1%eth0]",
        "https://[127.0.0.1]",
        "https://[v1.x]",
        "https://[]",
        "https://256.0.0.1",
        "https://1.2.3.4.5",
        "https://4294967296",
        "https://0x100000000",
        "https://1.2.3.08",
        "https://0xg.1",
        "https://a.b.1",
        "https://999999999999999999999999",
        "https://api.example.com:0",
        "https://api.example.com:65536",
        "https://api.example.com:-1",
        "https://api.example.com:443:443",
        "https://api.example.com:x",
        "https://api.example.com/%zz",
        "https://api.example.com/<x>"
      })
  void what_is_no_host_port_and_path_is_refused(String url) {
    assertThat(refused(url)).isNotBlank();
  }

  @Test
  void a_url_without_end_is_refused() {
    assertThat(refused("https://" + "a".repeat(3000))).contains("no URL");
    assertThat(refused("https://" + "a".repeat(300))).contains("no name");
    assertThat(refused("https://" + "a.".repeat(200) + "b")).contains("no name");
  }
}
