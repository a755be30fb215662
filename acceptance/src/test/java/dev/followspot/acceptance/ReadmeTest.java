package dev.followspot.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.followspot.core.Followspot;
import dev.followspot.core.config.AppConfig;
import dev.followspot.spi.CallerAuthenticator;
import dev.followspot.spi.CallerAuthenticatorContext;
import dev.followspot.spi.CallerAuthenticatorFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the README and the guides show compiles, and is read, as it is written. */
class ReadmeTest {

  private static final List<Path> DOCUMENTS =
      List.of(Path.of("..", "README.md"), Path.of("..", "docs", "migrate-from-backstage.md"));
  private static final Pattern CONFIG =
      Pattern.compile("<!-- config(?:: [a-z ]+)? -->\n```yaml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- snippet: ([a-z-]+) -->\n```java\n(.*?)```", Pattern.DOTALL);
  private static final String IMPORTS =
      """
      import dev.followspot.core.*;
      import dev.followspot.core.catalog.*;
      import dev.followspot.core.config.*;
      import dev.followspot.core.rest.*;
      import dev.followspot.fetcher.multinamespace.*;
      import dev.followspot.servlet.*;
      import dev.followspot.servlet.jetty.*;
      import dev.followspot.spi.*;
      import dev.followspot.testkit.*;
      import io.kubernetes.client.openapi.models.*;
      import java.nio.file.*;
      import java.util.List;
      import org.eclipse.jetty.ee11.servlet.*;
      import org.eclipse.jetty.server.Server;
      import org.junit.jupiter.api.*;
      import org.junit.jupiter.api.extension.*;
      import static dev.followspot.testkit.FollowspotAssertions.assertThat;
      import static org.assertj.core.api.Assertions.assertThat;
      """;

  @TempDir Path classes;

  @TestFactory
  Stream<DynamicTest> every_java_snippet_compiles() throws IOException {
    String text = text();
    Map<String, String> snippets = new LinkedHashMap<>();
    Matcher matcher = SNIPPET.matcher(text);
    while (matcher.find()) {
      snippets.put(matcher.group(1), matcher.group(2));
    }
    assertThat(snippets).hasSize(text.split("```java", -1).length - 1);
    return snippets.entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> compile(entry.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> every_marked_configuration_is_read_without_a_warning() throws IOException {
    String text = text();
    List<MatchResult> samples = CONFIG.matcher(text).results().toList();
    assertThat(samples).hasSize(text.split("<!-- config", -1).length - 1).isNotEmpty();
    return samples.stream()
        .map(
            sample -> DynamicTest.dynamicTest("at " + sample.start(), () -> read(sample.group(1))));
  }

  private static void read(String sample) {
    Map<String, String> environment =
        Map.of("FOLLOWSPOT_TOKEN", "token-of-backstage", "CATALOG_TOKEN", "token-of-followspot");
    try (Followspot followspot =
        Followspot.builder()
            .configuration(AppConfig.parse("followspot.yaml", sample).resolve(environment))
            .extension(new BackstageUsers())
            .discovery(false)
            .build()) {
      assertThat(followspot.warnings()).isEmpty();
      assertThat(followspot.backstageApi()).isNotNull();
    }
  }

  /** Stands in for the jar of the guide, and reads what that one reads. */
  private static final class BackstageUsers implements CallerAuthenticatorFactory {

    @Override
    public String name() {
      return "backstage-users";
    }

    @Override
    public CallerAuthenticator create(CallerAuthenticatorContext context) {
      var unused = context.config().optionalUri("url");
      return context.delegate();
    }
  }

  private static String text() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path document : DOCUMENTS) {
      text.append(Files.readString(document));
    }
    return text.toString();
  }

  private void compile(String snippet) {
    Matcher type = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)").matcher(snippet);
    boolean whole = type.find();
    String name = whole ? type.group(1) : "Snippet";
    String source =
        whole
            ? (snippet.contains("import ") ? "" : IMPORTS) + snippet
            : IMPORTS
                + "class Snippet { Followspot followspot; void run(String token) throws Exception {\n"
                + snippet
                + "}}";
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of(
                    "-d",
                    classes.toString(),
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path")),
                null,
                List.of(new Source(name, source)))
            .call();
    assertThat(compiled).describedAs(messages.toString()).isTrue();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
