package dev.sinter.cli.input;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.data.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// All that is fed to a network, sample by sample.
///
/// @param byInput a feed for each of the network's inputs; one of a single sample is repeated for all
/// @param batch how many samples one run takes
/// @param count how many samples there are
public record Feeds(Map<SampleInput, Feed> byInput, long batch, long count) {
    /// @param texts the `--input` options, each `PATH` or `NAME=PATH`
    /// @throws CompileException if a file is missing, damaged or does not fit, or if an input gets nothing
    public static Feeds of(Graph graph, List<String> texts, Preparation preparation) {
        return of(graph, texts, preparation, "--input");
    }

    /// @param texts each `PATH` or `NAME=PATH`
    /// @param option the option that they are of, which messages name
    /// @throws CompileException if a file is missing, damaged or does not fit, or if an input gets nothing
    public static Feeds of(Graph graph, List<String> texts, Preparation preparation, String option) {
        boolean batched = isBatched(graph);
        List<String> names = graph.inputs().stream().map(Value::name).toList();
        Map<String, List<InputPath>> paths = new LinkedHashMap<>();
        for (String text : texts) {
            InputPath path = InputPath.parse(text, names, option);
            paths.computeIfAbsent(path.slot().orElseGet(() -> onlyInput(path, names, option)), _ -> new ArrayList<>())
                    .add(path);
        }
        Map<SampleInput, Feed> feeds = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            SampleInput sampled = sampled(input, batched);
            List<InputPath> own = paths.get(input.name());
            if (own == null) {
                throw new CompileException(
                        Code.INPUT_NAME,
                        input.name(),
                        "nothing is fed to this input",
                        option + " " + input.name() + "=FILE");
            }
            feeds.put(sampled, feed(own, new FeedFactory(sampled, preparation)));
        }
        return new Feeds(feeds, batch(graph), count(feeds, option));
    }

    /// The pictures of a dataset.
    ///
    /// @param name what reports call it
    /// @throws CompileException if the network has not one input that takes pictures like these
    public static Feeds of(Graph graph, Dataset data, String name, Preparation preparation) {
        return DatasetFeed.feeds(graph, data, name, preparation);
    }

    static Feeds of(Graph graph, SampleInput input, Feed feed) {
        return new Feeds(Map.of(input, feed), batch(graph), feed.count());
    }

    private static long batch(Graph graph) {
        return isBatched(graph) ? graph.inputs().getFirst().type().shape().dim(0) : 1;
    }

    private static String onlyInput(InputPath path, List<String> names, String option) {
        if (names.size() != 1) {
            throw new CompileException(
                    Code.INPUT_NAME,
                    option + " " + path.path(),
                    "the network has " + names.size() + " inputs, so each file needs the name of one: "
                            + String.join(", ", names),
                    names.isEmpty() ? null : option + " " + names.getFirst() + "=" + path.path());
        }
        return names.getFirst();
    }

    /// The first dimension is taken for the batch where all inputs have the same.
    static boolean isBatched(Graph graph) {
        List<Value> inputs = graph.inputs();
        return !inputs.isEmpty()
                && inputs.stream().allMatch(input -> input.type().shape().rank() > 0)
                && inputs.stream()
                                .map(input -> input.type().shape().dim(0))
                                .distinct()
                                .count()
                        == 1
                && inputs.getFirst().type().shape().dim(0) > 0;
    }

    static SampleInput sampled(Value input, boolean batched) {
        return new SampleInput(
                input.name(),
                batched ? input.type().withShape(input.type().shape().with(0, 1)) : input.type(),
                batched);
    }

    private static Feed feed(List<InputPath> paths, FeedFactory factory) {
        List<Feed> feeds = paths.stream().map(path -> factory.feed(path.path())).toList();
        return feeds.size() == 1 ? feeds.getFirst() : new ChainedFeed(feeds);
    }

    private static long count(Map<SampleInput, Feed> feeds, String option) {
        long most = feeds.values().stream().mapToLong(Feed::count).max().orElse(1);
        boolean agree = feeds.values().stream().allMatch(feed -> feed.count() == most || feed.count() == 1);
        if (!agree) {
            String counts = feeds.entrySet().stream()
                    .map(entry ->
                            entry.getKey().name() + " gets " + entry.getValue().count())
                    .collect(Collectors.joining(", "));
            throw new CompileException(
                    Code.INPUT_DATA,
                    option,
                    "the inputs get different numbers of samples: " + counts,
                    "each gets as many as the others, or one, which is repeated");
        }
        return most;
    }

    /// What reports call a sample.
    public String label(long i) {
        return byInput.values().stream()
                .filter(feed -> feed.count() == count)
                .findFirst()
                .map(feed -> feed.label(i))
                .orElse("sample " + i);
    }

    /// The samples of the first run, by the inputs' names; zeros where there are fewer than it takes.
    ///
    /// @param graph the network that this feeds
    public Map<String, Tensor> firstBatch(Graph graph) {
        List<Map<String, Tensor>> samples = LongStream.range(0, Math.min(batch, count))
                .mapToObj(this::sample)
                .toList();
        return new InputBatch(graph.inputs(), batch).fill(samples);
    }

    /// One sample for every input, by name.
    ///
    /// @throws CompileException if it cannot be read
    public Map<String, Tensor> sample(long i) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        byInput.forEach((input, feed) -> tensors.put(input.name(), feed.sample(feed.count() == 1 ? 0 : i)));
        return tensors;
    }
}
