package annotate

// The codes of all diagnostics of apigen. A number is never used again for
// something else; new codes stand at the end of their group.

// Directives and their arguments as syntax.
const (
	CodeUnknownDirective   = "AG101"
	CodeNearMiss           = "AG102"
	CodeUnknownKey         = "AG103"
	CodeDuplicateKey       = "AG104"
	CodeDuplicateDirective = "AG105"
	CodeEmptyValue         = "AG106"
	CodeBadQuote           = "AG107"
	CodeBadValue           = "AG108"
	CodeTooManyValues      = "AG109"
	CodeMissingArgument    = "AG110"
	CodeUnexpectedArgument = "AG111"
	CodeSpacing            = "AG112"
	CodeWrongPlace         = "AG113"
	CodeDetached           = "AG114"
	CodeTrailing           = "AG115"
	CodeInBody             = "AG116"
	CodeOnGroup            = "AG117"
	CodeNoneNotAlone       = "AG118"
	CodeDuplicateValue     = "AG119"
	CodeBadReference       = "AG120"
	CodeCommentInDirective = "AG121"
)

// Directives as meaning.
const (
	CodeRouteNeedsID        = "AG201"
	CodeDuplicateRouteID    = "AG202"
	CodeErrorWithoutOwner   = "AG203"
	CodeRouteOutsideServer  = "AG204"
	CodeServerKind          = "AG205"
	CodeServerWithoutRoutes = "AG206"
	CodeTwoServices         = "AG207"
	CodeTwoProblems         = "AG208"
	CodeTwoEnvelopes        = "AG209"
	CodeProblemsDiffer      = "AG210"
	CodeUnresolvedName      = "AG211"
	CodeNotExported         = "AG212"
	CodeErrorValue          = "AG213"
	CodeErrorTwice          = "AG214"
	CodeMiddlewareType      = "AG215"
	CodeMiddlewareOrder     = "AG216"
	CodeProblemShape        = "AG217"
	CodeEnvelopeShape       = "AG218"
	CodeEnumShape           = "AG220"
)

// Handlers and types.
const (
	CodeHandlerSignature = "AG301"
	CodeHandlerContext   = "AG302"
	CodeHandlerResults   = "AG303"
	CodeHandlerGeneric   = "AG304"
	CodeRequestType      = "AG305"
	CodeUnsupportedType  = "AG307"
	CodeEmbeddedPointer  = "AG309"
	CodeMapKey           = "AG310"
	CodeUnexportedType   = "AG311"
	CodeInvalidType      = "AG312"
	CodeStatusBody       = "AG315"
)

// Fields, tags and rules.
const (
	CodeTagSyntax       = "AG401"
	CodeUnknownTag      = "AG402"
	CodeUnknownOption   = "AG403"
	CodeTwoLocations    = "AG404"
	CodeDuplicateName   = "AG405"
	CodeBodyOnGet       = "AG406"
	CodeBodyMix         = "AG407"
	CodeFieldName       = "AG408"
	CodeFieldType       = "AG409"
	CodeTagOnUnexported = "AG410"
	CodeEmbeddedTag     = "AG412"
	CodeReservedHeader  = "AG413"
	CodePathPresence    = "AG414"
	CodePresenceClash   = "AG415"
	CodeDefaultType     = "AG416"
	CodeDefaultRule     = "AG417"
	CodeDefaultRequired = "AG418"
	CodeRuleSyntax      = "AG419"
	CodeUnknownRule     = "AG420"
	CodeRuleParam       = "AG421"
	CodeRuleType        = "AG422"
	CodeRuleTwice       = "AG423"
	CodeRuleClash       = "AG424"
	CodeExampleType     = "AG427"
	CodeDirection       = "AG428"
	CodeNoDirection     = "AG429"
	CodeReadOnlyRule    = "AG430"
	CodeHiddenRequired  = "AG431"
)

// Security.
const (
	CodeSchemeName            = "AG501"
	CodeUnknownScheme         = "AG502"
	CodeSimilarSchemes        = "AG503"
	CodeTwoClaims             = "AG504"
	CodeClaimsShape           = "AG505"
	CodeReservedClaim         = "AG506"
	CodeClaimType             = "AG507"
	CodeClaimsOnOpenRoute     = "AG508"
	CodeClaimsMismatch        = "AG509"
	CodeScopesWithoutScheme   = "AG510"
	CodeOptionalWithoutScheme = "AG511"
	CodeCredentialField       = "AG512"
	CodeBadPlace              = "AG513"
	CodeAllowedForm           = "AG514"
)

// Paths.
const (
	CodeBadMethod            = "AG601"
	CodeMethodOverride       = "AG602"
	CodePathSyntax           = "AG603"
	CodePrefixSyntax         = "AG604"
	CodeVariableWithoutField = "AG606"
	CodeFieldWithoutVariable = "AG607"
	CodeDuplicatePattern     = "AG608"
	CodeAmbiguousPattern     = "AG609"
	CodeDocumentPath         = "AG610"
	CodeEmptyDocument        = "AG611"
)

// Names and output.
const (
	CodeNameClash          = "AG701"
	CodeRouteConstClash    = "AG702"
	CodeHandlersFieldClash = "AG703"
	CodeForeignFile        = "AG705"
	CodeRuntimeVersion     = "AG707"
	CodeRuntimeMissing     = "AG708"
)

// Loading.
const (
	CodeListFailed  = "AG801"
	CodeNoPackages  = "AG802"
	CodeParseFailed = "AG803"
	CodeNoModule    = "AG806"
	CodeTestFile    = "AG807"
)

// Not supported yet, and faults of apigen itself.
const (
	CodeLaterDirective = "AG901"
	CodeLaterKey       = "AG902"
	CodeLaterValue     = "AG903"
	CodeLaterTag       = "AG904"
	CodeLaterOption    = "AG905"
	CodeLaterRule      = "AG906"
	CodeLaterResponse  = "AG908"
	CodeLaterType      = "AG909"
	CodeInternal       = "AG999"
)
