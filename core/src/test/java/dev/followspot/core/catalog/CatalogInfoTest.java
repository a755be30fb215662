package dev.followspot.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.followspot.spi.ConfigurationException;
import dev.followspot.spi.Entity;
import dev.followspot.spi.EntityRef;
import dev.followspot.spi.EntityRelation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogInfoTest {

  private static final String ORDER =
      """
      apiVersion: backstage.io/v1alpha1
      kind: Component
      metadata:
        name: order-service
        annotations:
          backstage.io/kubernetes-label-selector: 'app=order-service'
          backstage.io/kubernetes-namespace: 'spring-cloud-config-dev, spring-cloud-config-prod'
          backstage.io/kubernetes-cluster: dev-cluster
      spec: { type: service, owner: me@example.com, lifecycle: POC }
      """;

  @TempDir private Path folder;

  private static List<Entity> parse(String yaml) {
    return CatalogInfo.parse("catalog-info.yaml", yaml);
  }

  private static Entity one(String yaml) {
    List<Entity> entities = parse(yaml);
    assertThat(entities).hasSize(1);
    return entities.get(0);
  }

  private static String mistake(ThrowingCallable reader) {
    return catchThrowableOfType(ConfigurationException.class, reader).getMessage();
  }

  private static String mistakes(String yaml) {
    return mistake(() -> parse(yaml));
  }

  private static String component(String more) {
    return "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }\n" + more;
  }

  private static String withMetadata(String more) {
    return "apiVersion: v1\nkind: Component\nmetadata:\n  name: a\n" + more.indent(2);
  }

  @Test
  void an_entity_is_read_as_it_stands() {
    Entity entity = one(ORDER);
    assertThat(entity.ref()).hasToString("component:default/order-service");
    assertThat(entity.annotations())
        .containsOnly(
            Map.entry("backstage.io/kubernetes-label-selector", "app=order-service"),
            Map.entry(
                "backstage.io/kubernetes-namespace",
                "spring-cloud-config-dev, spring-cloud-config-prod"),
            Map.entry("backstage.io/kubernetes-cluster", "dev-cluster"));
    assertThat(entity.spec())
        .isEqualTo(Map.of("type", "service", "owner", "me@example.com", "lifecycle", "POC"));
    assertThat(entity.relations()).isEmpty();
  }

  @Test
  void the_name_is_kept_as_written_and_the_reference_is_in_lower_case() {
    Entity entity =
        one("apiVersion: v1\nkind: API\nmetadata: { name: Order_Service.v2, namespace: Team-A }");
    assertThat(entity.name()).isEqualTo("Order_Service.v2");
    assertThat(entity.ref()).isEqualTo(new EntityRef("api", "team-a", "order_service.v2"));
  }

  @Test
  void every_kind_is_an_entity() {
    assertThat(
            parse(
                """
                apiVersion: backstage.io/v1alpha1
                kind: Location
                metadata: { name: here }
                spec: { targets: [./a.yaml] }
                ---
                apiVersion: backstage.io/v1alpha1
                kind: User
                metadata: { name: jane, namespace: people }
                ---
                apiVersion: example.com/v1
                kind: Robot
                metadata: { name: r2d2 }
                """))
        .extracting(entity -> entity.ref().toString())
        .containsExactly("location:default/here", "user:people/jane", "robot:default/r2d2");
  }

  @Test
  void empty_documents_and_a_spec_of_nothing_do_not_matter() {
    assertThat(parse("---\n# nothing\n---\n" + component("spec:") + "\n---\n")).hasSize(1);
  }

  @Test
  void labels_and_annotations_may_be_empty_texts_or_absent() {
    Entity entity = one(withMetadata("labels:\nannotations: { a: '' }"));
    assertThat(entity.labels()).isEmpty();
    assertThat(entity.annotations()).containsExactly(Map.entry("a", ""));
  }

  @Test
  void depends_on_gives_relations_in_the_entitys_namespace_and_lower_case() {
    Entity entity =
        one(
            """
            apiVersion: v1
            kind: Component
            metadata: { name: a, namespace: team-x }
            spec:
              dependsOn: ['resource:Dev-Cluster', 'Component:default/b', 'resource:dev-cluster']
            """);
    assertThat(entity.relations())
        .containsExactly(
            new EntityRelation("dependsOn", new EntityRef("resource", "team-x", "dev-cluster")),
            new EntityRelation("dependsOn", new EntityRef("component", "default", "b")));
  }

  @Test
  void relations_of_the_catalogs_api_are_taken_once() {
    Entity entity =
        one(
            component(
                """
                spec: { dependsOn: ['resource:beta'] }
                relations:
                  - { type: ownedBy, targetRef: 'group:default/team-a' }
                  - { type: dependsOn, targetRef: 'resource:default/beta' }
                """));
    assertThat(entity.relations())
        .extracting(relation -> relation.type() + " " + relation.target())
        .containsExactly("dependsOn resource:default/beta", "ownedBy group:default/team-a");
  }

  @Test
  void every_mistake_of_every_document_is_reported_at_once() {
    assertThat(
            mistakes(
                """
                kind: Component
                metadata:
                  name: order service
                  annotations: { replicas: 5, on: true, list: [1], nothing: }
                ---
                apiVersion: v1
                kind: Component
                metadata: { name: fine }
                ---
                apiVersion: v1
                metadata: { namespace: a/b }
                spec: { dependsOn: [beta, 7, 'resource:'] }
                """))
        .isEqualTo(
            """
            catalog-info.yaml:1 apiVersion: is missing; wanted a text such as backstage.io/v1alpha1
            catalog-info.yaml:1 metadata.name: is 'order service'; wanted letters and digits with \
            - _ . between them, at most 63
            catalog-info.yaml:1 metadata.annotations.replicas: is the number 5; wanted a text: put \
            it in quotes
            catalog-info.yaml:1 metadata.annotations.on: is the boolean true; wanted a text: put \
            it in quotes
            catalog-info.yaml:1 metadata.annotations.list: is a list; wanted a text
            catalog-info.yaml:1 metadata.annotations.nothing: has no value; wanted a text: write \
            one in quotes, or remove the key
            catalog-info.yaml:10 kind: is missing; wanted letters and digits, such as Component, \
            at most 63
            catalog-info.yaml:10 metadata.name: is missing; wanted letters and digits with - _ . \
            between them, at most 63
            catalog-info.yaml:10 metadata.namespace: is 'a/b'; wanted letters and digits with - \
            between them, at most 63
            catalog-info.yaml:10 spec.dependsOn[0]: is 'beta'; wanted kind:namespace/name or \
            kind:name, such as resource:dev-cluster
            catalog-info.yaml:10 spec.dependsOn[1]: is the number 7; wanted a text: put it in quotes
            catalog-info.yaml:10 spec.dependsOn[2]: is 'resource:'; wanted kind:namespace/name or \
            kind:name, such as resource:dev-cluster""");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata:", "metadata: {}", "metadata: ~", ""})
  void missing_metadata_is_one_mistake(String metadata) {
    assertThat(mistakes("apiVersion: v1\nkind: Component\n" + metadata))
        .isEqualTo(
            "catalog-info.yaml:1 metadata: is missing or empty; wanted an object with a name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata: hello|metadata: is a text; wanted an object",
        "metadata: [a]|metadata: is a list; wanted an object",
        "metadata: { name: 5 }|metadata.name: is the number 5; wanted a text: put it in quotes",
        "metadata: { name: [a] }|metadata.name: is a list; wanted a text",
        "'metadata: { name: a, labels: x }'|metadata.labels: is a text; wanted an object",
        "'metadata: { name: a, annotations: [x] }'|metadata.annotations: is a list; wanted an"
            + " object",
        "'metadata: { name: a, namespace: 1 }'|metadata.namespace: is the number 1; wanted a text:"
            + " put it in quotes"
      })
  void wrong_types_are_named_with_what_is_wanted(String metadata, String expected) {
    assertThat(mistakes("apiVersion: v1\nkind: Component\n" + metadata))
        .isEqualTo("catalog-info.yaml:1 " + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spec: 5|spec: is a number; wanted an object",
        "spec: { dependsOn: 'resource:a' }|spec.dependsOn: is a text; wanted a list of references"
            + " such as resource:dev-cluster",
        "relations: { a: b }|relations: is an object; wanted a list of objects with type and"
            + " targetRef",
        "relations: [x]|relations[0]: is a text; wanted an object with type and targetRef",
        "'relations: [{ type: a }]'|relations[0].targetRef: has no value; wanted a text: write one"
            + " in quotes, or remove the key",
        "'relations: [{ targetRef: \"a:b\" }]'|relations[0].type: has no value; wanted a text:"
            + " write one in quotes, or remove the key"
      })
  void wrong_types_beside_the_metadata_are_named_too(String more, String expected) {
    assertThat(mistakes(component(more))).isEqualTo("catalog-info.yaml:1 " + expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a, b]", "just a text", "5"})
  void a_document_that_is_no_object_is_a_mistake(String yaml) {
    assertThat(mistakes(yaml))
        .startsWith("catalog-info.yaml:1 the document is a ")
        .endsWith("; an entity with apiVersion, kind and metadata is expected");
  }

  @Test
  void keys_that_are_no_texts_in_yaml_are_texts_here() {
    assertThat(one(withMetadata("annotations: { 5: five, true: yes }")).annotations())
        .containsOnly(Map.entry("5", "five"), Map.entry("true", "yes"));
  }

  @Test
  void a_file_without_an_entity_is_a_mistake() {
    for (String yaml : List.of("", "# nothing", "---\n---\n")) {
      assertThat(mistakes(yaml)).startsWith("catalog-info.yaml holds no entity; ");
    }
  }

  @Test
  void the_same_entity_twice_is_a_mistake_that_names_both_places() {
    assertThat(mistakes(component("---\n") + component("").replace("name: a", "name: A")))
        .isEqualTo(
            "catalog-info.yaml:5 metadata.name: the entity component:default/a is there twice,"
                + " first at catalog-info.yaml:1");
  }

  @Test
  void hostile_values_give_short_messages_of_one_line() {
    String message =
        mistakes(
            "apiVersion: v1\nkind: Component\nmetadata: { name: \"a\\r\\n\\e[31m"
                + "x".repeat(100_000)
                + "\", annotations: { \"k\\n"
                + "y".repeat(900)
                + "\": 1 } }");
    assertThat(message.lines()).hasSize(2);
    assertThat(message).hasSizeLessThan(600).doesNotContain("\u001b", "\r");
  }

  @Test
  void a_thousand_mistakes_are_counted_and_not_all_listed() {
    String annotations =
        IntStream.range(0, 1_000).mapToObj(i -> "k" + i + ": 1").collect(Collectors.joining(", "));
    List<String> lines =
        mistakes(withMetadata("annotations: { " + annotations + " }")).lines().toList();
    assertThat(lines).hasSize(51);
    assertThat(lines.get(50)).isEqualTo("catalog-info.yaml:1 and 950 more mistakes");
  }

  @Test
  void duplicate_keys_and_bombs_are_refused() {
    assertThat(mistakes("kind: a\nkind: b")).contains("twice");
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(9)).append("]\n");
    }
    assertThat(mistakes(bomb.toString())).contains("200000 values");
  }

  @Test
  void a_file_is_read_with_its_name_in_the_messages() throws IOException {
    Path file = Files.writeString(folder.resolve("catalog-info.yaml"), ORDER);
    assertThat(CatalogInfo.read(file)).isEqualTo(one(ORDER));
    assertThat(CatalogInfo.readAll(file)).containsExactly(one(ORDER));
    Files.writeString(file, "\nkind: a");
    assertThat(mistake(() -> CatalogInfo.readAll(file))).startsWith(file + ":2 apiVersion: is");
    assertThat(mistake(() -> CatalogInfo.readAll(folder.resolve("absent"))))
        .startsWith(folder.resolve("absent").toString());
  }

  @Test
  void several_entities_where_one_is_expected_are_listed() throws IOException {
    Path file =
        Files.writeString(folder.resolve("catalog-info.yaml"), ORDER + "---\n" + component(""));
    assertThat(mistake(() -> CatalogInfo.read(file)))
        .isEqualTo(
            file
                + " holds 2 entities where one is expected; choose one of"
                + " component:default/order-service, component:default/a");
  }

  @Test
  void the_only_entity_is_chosen_without_a_reference() {
    List<Entity> entities = parse(ORDER);
    assertThat(CatalogInfo.select(entities, null)).isSameAs(entities.get(0));
    assertThat(mistake(() -> CatalogInfo.select(List.of(), null))).isEqualTo("there is no entity");
  }

  @Test
  void among_several_entities_one_has_to_be_chosen() {
    List<Entity> entities = parse(ORDER + "---\n" + component(""));
    assertThat(mistake(() -> CatalogInfo.select(entities, null)))
        .isEqualTo(
            "there are 2 entities; choose one of component:default/order-service,"
                + " component:default/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "component:default/order-service",
        "Component:Default/Order-Service",
        "component:order-service",
        "default/order-service",
        "order-service",
        " order-service "
      })
  void a_reference_may_leave_out_what_is_understood(String ref) {
    List<Entity> entities = parse(ORDER + "---\n" + component(""));
    assertThat(CatalogInfo.select(entities, ref)).isSameAs(entities.get(0));
  }

  @Test
  void an_unknown_reference_names_the_nearest_and_all_that_are_known() {
    List<Entity> entities = parse(ORDER + "---\n" + component(""));
    assertThat(mistake(() -> CatalogInfo.select(entities, "order-servise")))
        .isEqualTo(
            "there is no entity 'component:default/order-servise'; is"
                + " 'component:default/order-service' meant?; known are"
                + " component:default/order-service, component:default/a");
    assertThat(mistake(() -> CatalogInfo.select(parse(ORDER), "a:b:c/d/e")))
        .isEqualTo(
            "'a:b:c/d/e' is no entity reference; kind:namespace/name is expected, as in"
                + " component:default/order-service");
  }

  /** Whatever the values: an entity, or mistakes with a place; never another exception. */
  @Test
  void no_document_fails_otherwise_than_with_mistakes() {
    List<String> values =
        List.of("a", "5", "true", "~", "[]", "{}", "[a]", "{ a: b }", "'a:b'", "''", "-1.5", "x y");
    List<String> keys =
        List.of(
            "apiVersion",
            "kind",
            "name",
            "namespace",
            "labels",
            "annotations",
            "spec",
            "dependsOn",
            "relations");
    int read = 0;
    for (int seed = 0; seed < 5_000; seed++) {
      Random random = new Random(seed);
      Map<String, String> chosen =
          keys.stream()
              .collect(
                  Collectors.toMap(
                      key -> key,
                      key -> random.nextInt(3) > 0 ? good(key) : values.get(random.nextInt(12))));
      String yaml =
          "apiVersion: %s\nkind: %s\nmetadata: { name: %s, namespace: %s, labels: %s, annotations: %s }\nspec: { dependsOn: %s }\nrelations: %s"
              .formatted(
                  chosen.get("apiVersion"),
                  chosen.get("kind"),
                  chosen.get("name"),
                  chosen.get("namespace"),
                  chosen.get("labels"),
                  chosen.get("annotations"),
                  chosen.get("dependsOn"),
                  chosen.get("relations"));
      try {
        read += parse(yaml).size();
      } catch (ConfigurationException e) {
        assertThat(e.problems())
            .as("seed " + seed + ": " + yaml)
            .isNotEmpty()
            .allMatch(problem -> problem.location().equals("catalog-info.yaml:1"))
            .noneMatch(problem -> problem.key().isEmpty());
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + yaml, e);
      }
    }
    assertThat(read).isBetween(100, 4_000);
  }

  private static String good(String key) {
    return switch (key) {
      case "labels", "annotations" -> "{ a: b }";
      case "dependsOn" -> "['resource:a']";
      case "relations" -> "[{ type: a, targetRef: 'b:c' }]";
      default -> "ab";
    };
  }
}
