package dev.sinter.ir.graph;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import dev.sinter.ir.graph.Token.Kind;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads IR text, the language of [GraphPrinter].
public final class GraphParser {
    static final Set<String> KEYWORDS = Set.of("input", "constant");

    private final Lexer tokens;
    private final OpCatalog catalog;
    private final Map<String, Definition> values = new HashMap<>();
    private final List<Value> inputs = new ArrayList<>();
    /// Made when the whole text has been read: a fault further down is told before gigabytes are filled.
    private final Map<Value, PendingConstant> constants = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private record Definition(Value value, int line) {}

    /// The left side of a statement.
    private record Result(Token name, @Nullable TensorType type) {}

    private GraphParser(Lexer tokens, OpCatalog catalog) {
        this.tokens = tokens;
        this.catalog = catalog;
    }

    /// The graph that the text describes, which is valid.
    ///
    /// @param fileName what messages call the text
    /// @throws CompileException if the text is wrong; it names line and column
    public static Graph parse(String text, String fileName) {
        return parse(text, fileName, OpCatalog.standard());
    }

    /// As above, with more operators than the IR's own.
    public static Graph parse(String text, String fileName, OpCatalog catalog) {
        return new GraphParser(new Lexer(text, fileName), catalog).file();
    }

    private Graph file() {
        header();
        if (!tokens.peek().is("graph")) {
            throw tokens.unexpected("'graph' and its name");
        }
        tokens.next();
        Token name = tokens.peek();
        if (name.kind() != Kind.WORD && name.kind() != Kind.STRING) {
            throw tokens.unexpected("the graph's name");
        }
        tokens.next();
        tokens.expect('{', "the graph's name");
        while (tokens.peek().kind() == Kind.VALUE_NAME) {
            statement();
        }
        Token end = tokens.peek();
        if (!end.is("return")) {
            throw tokens.unexpected("a statement, which begins with a %name, or return");
        }
        tokens.next();
        List<Value> outputs = new ArrayList<>();
        do {
            outputs.add(reference(tokens.expect(Kind.VALUE_NAME, "the %name of a graph output")));
        } while (tokens.accept(','));
        tokens.expect('}', "the graph's outputs");
        tokens.expect(Kind.END, "nothing after the graph");

        Graph graph = new Graph(name.text(), inputs, PendingConstant.made(constants, tokens), nodes, outputs);
        try {
            Verifier.verify(graph);
        } catch (CompileException fault) {
            throw placed(fault, end);
        }
        return graph;
    }

    private void header() {
        String expected = "the first line '" + GraphPrinter.FORMAT + " " + GraphPrinter.VERSION + "'";
        if (!tokens.peek().is(GraphPrinter.FORMAT)) {
            throw tokens.unexpected(expected);
        }
        tokens.next();
        Token version = tokens.expect(Kind.NUMBER, expected);
        if (!version.text().equals(GraphPrinter.VERSION)) {
            throw tokens.fault(
                    Code.TEXT_VERSION,
                    version,
                    "the text has format version " + version.text() + " but version " + GraphPrinter.VERSION
                            + " is expected",
                    "print the graph again with this version of Sinter");
        }
    }

    private void statement() {
        List<Result> results = new ArrayList<>();
        do {
            Token name = tokens.expect(Kind.VALUE_NAME, "the %name of a result");
            results.add(new Result(name, tokens.accept(':') ? type() : null));
        } while (tokens.accept(','));
        tokens.expect('=', "the results");
        Token what = tokens.expect(Kind.WORD, "input, constant or an operator");
        switch (what.text()) {
            case "input" -> inputs.add(typed(what, results));
            case "constant" -> {
                Value value = typed(what, results);
                constants.put(value, new ConstantParser(tokens, value.type()).parse());
            }
            default -> node(what, results);
        }
    }

    private Value typed(Token what, List<Result> results) {
        Result result = results.getFirst();
        if (results.size() > 1 || result.type() == null) {
            throw tokens.fault(
                    what,
                    "found " + results.size() + " results" + (result.type() == null ? " without a type" : "")
                            + " but expected one %name: type before " + what.text(),
                    null);
        }
        try {
            return define(result.name(), new Value(result.name().text(), result.type()));
        } catch (CompileException fault) {
            throw placed(fault, result.name());
        }
    }

    private TensorType type() {
        Token name = tokens.expect(Kind.WORD, "an element type");
        ElementType element;
        try {
            element = ElementType.parse(name.text());
        } catch (IllegalArgumentException _) {
            List<String> known =
                    Arrays.stream(ElementType.values()).map(ElementType::text).toList();
            throw tokens.fault(
                    name,
                    "found " + name.shown() + " but expected an element type",
                    "one of " + String.join(", ", known));
        }
        Token open = tokens.peek();
        if (!open.is('[')) {
            throw tokens.unexpected("'[' after an element type");
        }
        Object dims =
                new AttributeSyntax.ListOf(AttributeSyntax.Scalar.INTEGER).read(Literal.parse(tokens), "shape", tokens);
        try {
            return new TensorType(
                    element,
                    new Shape(((List<?>) dims).stream().map(Long.class::cast).toList()));
        } catch (CompileException wrong) {
            throw tokens.fault(open, wrong.fact(), wrong.hint());
        }
    }

    private Value define(Token at, Value value) {
        Definition earlier = values.putIfAbsent(value.name(), new Definition(value, at.line()));
        if (earlier != null) {
            throw tokens.fault(
                    Code.GRAPH_DUPLICATE,
                    at,
                    at.shown() + " is defined, but line " + earlier.line() + " defined it already",
                    "every value has a name of its own");
        }
        return value;
    }

    private Value reference(Token at) {
        Definition definition = values.get(at.text());
        if (definition == null) {
            throw tokens.fault(
                    Code.GRAPH_UNKNOWN_VALUE,
                    at,
                    at.shown() + " is read but nothing before it defines it",
                    NearestNames.hint(at.text(), values.keySet())
                            .orElse("a value is defined on a line above those that read it"));
        }
        return definition.value();
    }

    private void node(Token mnemonic, List<Result> results) {
        OpForm form = catalog.form(mnemonic.text())
                .orElseThrow(() -> tokens.fault(
                        mnemonic,
                        "found " + mnemonic.shown() + " but expected input, constant or an operator",
                        catalog.hint(mnemonic.text())
                                .orElse("the operators are " + String.join(", ", catalog.mnemonics()))));
        List<Value> operands = operands();
        NodeAttributes attributes = new NodeAttributes(tokens, mnemonic, form);
        List<TensorType> operandTypes = operands.stream().map(Value::type).toList();
        String name = results.getFirst().name().text();
        try {
            var op = attributes.parse(operandTypes);
            if (tokens.peek().kind() == Kind.NODE_NAME) {
                name = tokens.next().text();
            }
            List<TensorType> types = Node.inferTypes(name, op, operands);
            nodes.add(new Node(name, op, operands, outputs(results, types, mnemonic)));
        } catch (CompileException fault) {
            throw placed(fault, mnemonic);
        } catch (IllegalArgumentException | ArithmeticException refused) {
            // An operator's record may refuse attributes so.
            throw tokens.fault(
                    Code.ATTRIBUTE, mnemonic, name + " (" + mnemonic.text() + ") " + refused.getMessage(), null);
        }
    }

    private List<Value> operands() {
        tokens.expect('(', "an operator");
        List<Value> operands = new ArrayList<>();
        while (!tokens.accept(')')) {
            if (!operands.isEmpty()) {
                tokens.expect(',', "an operand");
            }
            operands.add(reference(tokens.expect(Kind.VALUE_NAME, "the %name of an operand")));
        }
        return operands;
    }

    private List<Value> outputs(List<Result> results, List<TensorType> types, Token mnemonic) {
        if (results.size() != types.size()) {
            throw tokens.fault(
                    Code.GRAPH_STRUCTURE,
                    mnemonic,
                    "found " + results.size() + " results but " + mnemonic.text() + " yields " + types.size(),
                    null);
        }
        List<Value> outputs = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Result result = results.get(i);
            if (result.type() != null && !result.type().equals(types.get(i))) {
                throw tokens.fault(
                        Code.GRAPH_TYPE_CLAIM,
                        result.name(),
                        result.name().shown() + " is claimed to be " + result.type() + " but " + mnemonic.text()
                                + " yields " + types.get(i),
                        "the type may be left out");
            }
            outputs.add(define(result.name(), new Value(result.name().text(), types.get(i))));
        }
        return outputs;
    }

    /// The fault, told of the text if it is told of a node only.
    private CompileException placed(CompileException fault, Token at) {
        boolean hasPlace = fault.where().startsWith(tokens.fileName() + ":");
        return hasPlace ? fault : fault.at(tokens.place(at) + " " + fault.where());
    }
}
