package dev.followspot.core.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.http.StreamResponse;
import dev.followspot.core.rest.RestResponse;
import dev.followspot.spi.HttpBody;
import dev.followspot.spi.HttpHeaders;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers reach the cluster, and which come back. */
class HygieneTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "AUTHORIZATION",
        "Proxy-Authorization",
        "Proxy-Connection",
        "Cookie",
        "Cookie2",
        "Connection",
        "Keep-Alive",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "HTTP2-Settings",
        "Host",
        "Content-Length",
        "Expect",
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "X-Real-IP",
        "Referer",
        "Backstage-Kubernetes-Cluster",
        "Backstage-Kubernetes-Authorization-google",
        "Backstage-Token",
        "Impersonate-User",
        "impersonate-group",
        "Impersonate-Extra-scopes",
        "Impersonate-Uid",
        "Impersonate_User",
        "X-Remote-User",
        "X-Remote-Group",
        "X-Remote-Extra-Scopes",
        "X_Remote_User",
        "X-Remote_User",
        "X-HTTP-Method-Override",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Goog-IAP-JWT-Assertion",
        "X-Goog-Authenticated-User-Email",
        "Cf-Access-Jwt-Assertion",
        "X-Amzn-Oidc-Data",
        "X-Amzn-Oidc-Accesstoken",
        "X-Auth-Request-Access-Token",
        "X-Ms-Token-Aad-Access-Token",
        "X-Ms-Client-Principal",
        "X-Authentik-Jwt",
        "Tailscale-User-Login",
        "X-Pomerium-Jwt-Assertion",
        "X-Id-Token",
        "X_Access_Token",
        "X-Vault-Token",
        "Session-Id",
        "X-Api-Key",
        "Api-Key",
        "Apikey",
        "X_ApiKey",
        "X-Access-Key",
        "Ocp-Apim-Subscription-Key",
        "X-User-Credentials",
        "X-Authorization",
        "X-Passwd",
        "Client-Cert",
        "Client-Cert-Chain",
        "X-Client-Cert",
        "X-Client-DN",
        "Ssl-Client-Cert",
        "SSL_CLIENT_S_DN",
        "X-Ssl-Client-Cert",
        "X-SSL-Client-Verify",
        "X-Forwarded-Client-Cert",
        "Remote-User",
        "Remote-Groups",
        "REMOTE_USER",
        "X-Webauth-User",
        "X-Authenticated-Userid",
        "X-User",
        "X-User-Email",
        "X-Userinfo",
        "X-Rh-Identity"
      })
  void what_is_between_caller_and_portal_does_not_reach_the_cluster(String name) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      String value = name.equals("Backstage-Kubernetes-Cluster") ? "dev" : "value-of-caller";
      rig.get("/proxy/api", name, value, "X-Custom", "yes");
      HttpHeaders sent = rig.streams.request().headers();
      assertThat(sent.names()).containsExactly("x-custom");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Accept, application/json;as=Table",
    "Accept-Encoding, gzip",
    "Content-Type, application/merge-patch+json",
    "User-Agent, kubectl/v1.30",
    "Origin, https://portal.example.com",
    "X-Custom, yes",
    "Kubectl-Command, kubectl get",
    "If-None-Match, abc",
    "Range, bytes=0-1",
    "Sec-WebSocket-Key, abc",
    "Idempotency-Key, abc",
    "X-User-Agent, grpc-web",
    "X-Tokenizer, abc",
    "X-Author, abc"
  })
  void everything_else_does(String name, String value) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.get("/proxy/api", name, value);
      assertThat(rig.streams.request().headers().all(name)).containsExactly(value);
    }
  }

  @Test
  void headers_that_connection_names_stay_behind() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.get(
          "/proxy/api",
          "Connection",
          "close, X-Mine",
          "X-Mine",
          "1",
          "X_Mine",
          "2",
          "X-Other",
          "3");
      assertThat(rig.streams.request().headers().names()).containsExactly("x-other");
    }
  }

  @Test
  void connection_cannot_take_the_callers_own_token_away_and_so_choose_the_portals()
      throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.get(
          "/proxy/api",
          "Connection",
          "Backstage-Kubernetes-Authorization, Authorization",
          "Backstage-Kubernetes-Authorization",
          "Bearer own");
      assertThat(rig.streams.request().headers().all("Authorization"))
          .containsExactly("Bearer own");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/pods?watch=true",
        "/api/v1/pods?watch=1",
        "/api/v1/pods?watch",
        "/api/v1/pods?limit=1&%77atch=True",
        "/api/v1/watch/pods?",
        "/apis/apps/v1/watch/deployments?",
        "/api/v1/namespaces/a/pods/b/log?follow=true"
      })
  void a_compressor_never_holds_the_lines_of_a_watch_or_log_back(String target) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      String[] parts = target.split("\\?", -1);
      RestResponse response =
          rig.answer(
              rig.request(
                  "GET",
                  "/proxy" + parts[0],
                  parts[1],
                  HttpHeaders.of("Accept-Encoding", "gzip, br"),
                  HttpBody.none()));
      assertThat(rig.streams.request().headers().all("Accept-Encoding"))
          .containsExactly("identity");
      assertThat(response.headers().all("Cache-Control")).contains("no-transform");
      assertThat(response.headers().all("X-Accel-Buffering")).containsExactly("no");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/pods?watch=false",
        "/api/v1/pods?watch=0",
        "/api/v1/pods?",
        "/api/v1/namespaces/watch/pods?",
        "/api/v1/namespaces/a/pods/b/log?tailLines=1",
        "/api/v1/namespaces/a/pods/follow?follow=true"
      })
  void a_list_may_be_compressed(String target) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      String[] parts = target.split("\\?", -1);
      rig.answer(
          rig.request(
              "GET",
              "/proxy" + parts[0],
              parts[1],
              HttpHeaders.of("Accept-Encoding", "gzip"),
              HttpBody.none()));
      assertThat(rig.streams.request().headers().all("Accept-Encoding")).containsExactly("gzip");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Set-Cookie",
        "Set-Cookie2",
        "Access-Control-Allow-Origin",
        "Access-Control-Allow-Credentials",
        "Strict-Transport-Security",
        "Clear-Site-Data",
        "Alt-Svc",
        "Service-Worker-Allowed",
        "X-Accel-Redirect",
        "X-Sendfile",
        "Report-To",
        "Refresh",
        "Connection",
        "Keep-Alive",
        "Transfer-Encoding",
        "Content-Length",
        "Upgrade",
        "Proxy-Authenticate",
        "X-Named"
      })
  void what_a_cluster_may_not_tell_the_portals_callers_stays_behind(String name) throws Exception {
    try (Rig rig = Rig.with("dev")) {
      HttpHeaders headers = Rig.headers(name, "x", "Connection", "X-Named", "X-Custom", "yes");
      rig.streams.answer(new StreamResponse(200, headers, HttpBody.of("fine"), null));
      RestResponse response = rig.get("/proxy/api");
      assertThat(response.headers().names())
          .containsExactlyInAnyOrder(
              "x-custom", "content-security-policy", "x-content-type-options");
    }
  }

  @Test
  void everything_else_comes_back_as_it_is() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      HttpHeaders headers =
          Rig.headers(
              "Content-Type", "application/json",
              "Content-Encoding", "gzip",
              "Location", "/elsewhere",
              "WWW-Authenticate", "Bearer",
              "Warning", "299 - \"a\"",
              "Warning", "299 - \"b\"",
              "Audit-Id", "1",
              "Retry-After", "7");
      rig.streams.answer(new StreamResponse(302, headers, HttpBody.of("moved"), null));
      RestResponse response = rig.get("/proxy/redirect");
      assertThat(response.status()).isEqualTo(302);
      assertThat(response.headers().fields()).containsAll(headers.fields());
      assertThat(response.headers().all("Warning")).hasSize(2);
      assertThat(Rig.text(response)).isEqualTo("moved");
    }
  }

  @Test
  void a_page_of_a_cluster_never_runs_as_one_of_the_portal() throws Exception {
    try (Rig rig = Rig.with("dev")) {
      rig.streams.answer(
          new StreamResponse(
              200,
              Rig.headers("Content-Type", "text/html", "Content-Security-Policy", "script-src *"),
              HttpBody.of("<script>"),
              null));
      RestResponse response = rig.get("/proxy/api/v1/namespaces/a/services/evil/proxy/");
      assertThat(response.headers().all("Content-Security-Policy")).isEqualTo(List.of("sandbox"));
      assertThat(response.headers().all("X-Content-Type-Options")).isEqualTo(List.of("nosniff"));
    }
  }
}
