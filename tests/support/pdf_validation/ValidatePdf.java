import java.io.InputStream;
import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/** `ValidatePdf PROFILE FILE...`: a line `FILE <tab> checks <tab> n` for each file, and one for each rule it breaks. */
public class ValidatePdf {
  public static void main(String[] args) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    ValidationProfile profile;
    try (InputStream rules = ValidatePdf.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + args[0] + ".xml")) {
      profile = Profiles.profileFromXml(rules);
    }
    for (int place = 1; place < args.length; place++) {
      validate(profile, args[place]);
    }
  }

  private static void validate(ValidationProfile profile, String file) throws Exception {
    try (PDFAParser parser = Foundries.defaultInstance().createParser(new FileInputStream(file), profile.getPDFAFlavour());
        PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, 20, false, false, false)) {
      var result = validator.validate(parser);
      System.out.println(file + "\tchecks\t" + result.getTotalAssertions());
      for (TestAssertion check : result.getTestAssertions()) {
        if (check.getStatus() == TestAssertion.Status.FAILED) {
          String rule = check.getRuleId().getClause() + "-" + check.getRuleId().getTestNumber();
          System.out.println(file + "\t" + rule + "\t" + check.getMessage().replaceAll("\\s+", " "));
        }
      }
    }
  }
}
