package dev.sinter.ir.graph;

import dev.sinter.ir.diag.NearestNames;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.op.Op;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The operators that IR text knows, by mnemonic.
public final class OpCatalog {
    private static final OpCatalog STANDARD = ofPermitted();

    private final Map<String, OpForm> forms;

    private OpCatalog(Map<String, OpForm> forms) {
        this.forms = Collections.unmodifiableMap(forms);
    }

    /// All operators of the IR's own.
    public static OpCatalog standard() {
        return STANDARD;
    }

    /// This catalog and one more operator, a record whose components are its attributes: `long`, `double`, `boolean`,
    /// `String`, enums, lists of these, and records of such components.
    ///
    /// @throws IllegalArgumentException if the mnemonic is taken, or the class is no such record
    public OpCatalog with(String mnemonic, Class<? extends CustomOp> type) {
        if (forms.containsKey(mnemonic) || GraphParser.KEYWORDS.contains(mnemonic)) {
            throw new IllegalArgumentException("the mnemonic " + mnemonic + " is taken");
        }
        if (!Names.word(mnemonic).equals(mnemonic)) {
            throw new IllegalArgumentException("the mnemonic '" + mnemonic + "' is not a plain word");
        }
        Map<String, OpForm> more = new LinkedHashMap<>(forms);
        more.put(mnemonic, OpForm.of(mnemonic, type));
        return new OpCatalog(more);
    }

    /// All mnemonics, in the order in which [Op] permits its records.
    public Set<String> mnemonics() {
        return forms.keySet();
    }

    Optional<OpForm> form(String mnemonic) {
        return Optional.ofNullable(forms.get(mnemonic));
    }

    Optional<String> hint(String mnemonic) {
        return NearestNames.hint(mnemonic, forms.keySet());
    }

    private static OpCatalog ofPermitted() {
        Map<String, OpForm> forms = new LinkedHashMap<>();
        records(Op.class)
                .filter(permitted -> permitted != CustomOp.class)
                .forEach(permitted ->
                        OpForm.of(permitted.asSubclass(Op.class)).forEach(form -> forms.put(form.mnemonic(), form)));
        return new OpCatalog(forms);
    }

    /// Some operators have an interface in common.
    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(OpCatalog::records)
                : Stream.of(type);
    }
}
