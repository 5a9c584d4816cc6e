"""How private each field is (feltklasser): one answer, read by forwarding, forgetting, export and scrubbing.

A field that stands here under no class fails `tests/records/test_privacy.py`.
"""

from uth.law.terms import Privacy

_CODED, _FREE, _WHO, _TECH = Privacy.CODED, Privacy.FREE_TEXT, Privacy.IDENTIFYING, Privacy.TECHNICAL

_AUDIT = {_CODED: "word role", _TECH: "id chain seq at actor case detail previous digest"}
_HEAD = {_TECH: "chain seq digest pruned_seq pruned_digest"}

FIELDS: dict[str, dict[Privacy, str]] = {
    "records.User": {
        _WHO: "email name",
        _CODED: "is_active language",
        _TECH: "id password last_login joined_at",
    },
    "records.Membership": {_CODED: "role since until", _TECH: "id user organisation"},
    "records.Invitation": {
        _WHO: "email",
        _CODED: "role",
        _TECH: "id organisation token_hash created_at expires_at used_at invited_by",
    },
    "records.ApiToken": {_FREE: "label", _TECH: "id user token_hash created_at revoked_at"},
    "records.Installation": {_CODED: "kind", _FREE: "name", _TECH: "id organisation completed_at setup_hash"},
    "records.Organisation": {
        _CODED: "key name kind since until contact_mail contact_unverified approvers",
        _TECH: "id parent successor lies_in path",
    },
    "records.Place": {
        _CODED: "key name sector kind municipality region sor_id ydernummer hidden since until",
        _TECH: "id parent lies_on search_text",
    },
    "records.Tenure": {
        _CODED: "since until source unverified",
        _TECH: "id place operator supervisor receives_itself",
    },
    "records.Delegation": {_CODED: "since until", _TECH: "id place organisation"},
    "records.Finder": {_CODED: "since until", _TECH: "id organisation"},
    "records.PlaceAlias": {_CODED: "name", _TECH: "id place search_text"},
    "records.Agreement": {_CODED: "name event since until", _TECH: "id from_authority to_authority"},
    "records.Cluster": {_CODED: "key name specialty", _TECH: "id region"},
    "records.ClusterMember": {_CODED: "since until", _TECH: "id cluster place"},
    "records.Reminder": {_TECH: "id case mark told at"},
    "records.LookupsLetGo": {_TECH: "id kept_from"},
    "records.Merger": {_TECH: "id to first_day made_at committed_at undone_at"},
    "records.MergerMove": {_TECH: "id merger what row before after"},
    "records.Draft": {_WHO: "sealed", _TECH: "id code_hash saved_at expires_on form"},
    "records.Report": {
        _CODED: (
            "reporter_kind reporter_category role_towards_event sector place_kind event_kind treatment_phase "
            "municipality region "
            "event_date event_date_quality event_time event_time_quality aware_date actual_harm possible_harm "
            "criterion anonymous wants_feedback language channel"
        ),
        _FREE: "place_text profession headline story immediate_action prevention",
        _TECH: "id place transported_by received_at receipt_hash submission_key entered_by forgotten_at",
    },
    "records.PaperBatch": {_CODED: "form size", _TECH: "id organisation printed_at printed_by"},
    "records.PaperForm": {_TECH: "id batch number code_hash report"},
    "records.InvolvedPlace": {_CODED: "role", _FREE: "place_text", _TECH: "id report place"},
    "records.Medicine": {_CODED: "atc", _FREE: "name substance strength route", _TECH: "id report"},
    "records.Device": {_FREE: "kind name model", _TECH: "id report"},
    "records.Attachment": {
        _WHO: "name",
        _CODED: "content_type size state",
        _FREE: "description",
        _TECH: "id report stored_as digest added_at",
    },
    "records.Case": {
        _CODED: (
            "state received_on forward_by actual_harm possible_harm severity criterion "
            "routed_rule routed_paragraph routed_explanation"
        ),
        _FREE: "conclusion learning",
        _TECH: (
            "id report organisation handler same_event_as version national_ref message_id forwarded_at delivered_at "
            "dialogue_closed_at"
        ),
    },
    "records.Classification": {_CODED: "code taxonomy", _TECH: "id case"},
    "records.CaseStep": {
        _CODED: "act came_from went_to role reason_code",
        _FREE: "reason",
        _TECH: "id case at by from_organisation to_organisation",
    },
    "records.Note": {_FREE: "text", _TECH: "id case at by"},
    "records.DialogueMessage": {_CODED: "kind", _FREE: "text", _TECH: "id case at by read_at"},
    "records.Redaction": {
        _CODED: "section",
        _FREE: "clean_text findings leaks",
        _TECH: "id case original_digest first_at first_by approved_at approved_by",
    },
    # how the machine was put right: no words, and nobody's name
    "records.Correction": {
        _CODED: "section what kind proposed finder score profile",
        _TECH: "id case start end at",
    },
    "records.Rerun": {_TECH: "id started_at finished_at"},
    "records.Reread": {_TECH: "id rerun case found"},
    "records.ReporterIdentity": {_WHO: "sealed", _TECH: "id report"},
    "records.PatientIdentity": {_WHO: "sealed subject", _TECH: "id report"},
    "records.Forgotten": {_TECH: "id report what at"},
    "records.AuditLine": _AUDIT | {_WHO: "subject"},
    "records.AuditHead": _HEAD,
    "records.Letter": {
        _CODED: "kind template",
        _TECH: (
            "id to case body created_at not_before attempts claimed_until claimed_by sent_at stopped_at problem "
            "document"
        ),
    },
    # SUL § 198, stk. 3: the colleagues named here stay with the authority, and the patient's record system
    "records.LookupPermission": {
        _WHO: "person permitted_by",
        _CODED: "permitted_on",
        _FREE: "necessity",
        _TECH: "id case organisation at by",
    },
    "records.RecordLookup": {
        _CODED: "looked_up_at",
        _FREE: "system trace",
        _TECH: "id permission at by",
    },
    # shown to everybody, written about nobody
    "records.GuidanceText": {_CODED: "topic text since", _TECH: "id at by"},
    "records.RateMark": {_TECH: "id bucket window count bytes"},
    "records.Board": {_CODED: "name sector opened_on closed_on", _TECH: "id key organisation place"},
    "records.BoardKey": {
        _FREE: "label",
        _TECH: "id board code_hash created_at code_until token_hash opened_at revoked_at",
    },
    "records.Tap": {_CODED: "area happened_at month", _TECH: "id board number received_at screen"},
    "records.TapWithdrawal": {_CODED: "why", _TECH: "id board number received_at"},
    "records.TapNote": {_WHO: "sealed", _TECH: "id board number received_at"},
    "records.CollectiveReport": {
        _CODED: (
            "area month addition count state received_on forward_by "
            "routed_rule routed_paragraph routed_explanation"
        ),
        _FREE: "learning comment",
        _TECH: (
            "id board organisation version confirmed_by submitted_at approved_by approved_at message_id "
            "forwarded_at delivered_at"
        ),
    },
    "national.Sender": {_CODED: "key name", _TECH: "id"},
    "national.SenderKey": {_TECH: "id sender key_id public_key since until"},
    "records.Document": {_CODED: "content_type size", _FREE: "content", _TECH: "id digest added_at"},
    "records.PlanRequest": {
        _CODED: "wanted due_on",
        _FREE: "theme text",
        _TECH: "id ref organisation case received_at withdrawn_at answered_at reminded_on",
    },
    "records.PlanAnswer": {_FREE: "text", _TECH: "id request at by document message_id"},
    "records.Publication": {
        _CODED: "kind year",
        _FREE: "title text",
        _TECH: "id organisation document published_at published_by message_id",
    },
    "national.NationalDocument": {_CODED: "content_type size", _FREE: "content", _TECH: "id digest added_at"},
    "national.NationalRequest": {
        _CODED: "wanted due_on",
        _FREE: "theme text",
        _TECH: "id ref sender case_ref made_at fetched_at withdrawn_at answered_at",
    },
    "national.NationalAnswer": {_FREE: "text", _TECH: "id request message_id received_at document"},
    "national.NationalPublication": {
        _CODED: "kind year",
        _FREE: "title text",
        _TECH: "id message_id sender received_at document",
    },
    "national.ReceivedMessage": {_CODED: "kind", _TECH: "id message_id sender received_at digest"},
    "national.NationalRejection": {
        _CODED: "reason sector received_month stands",
        _TECH: "id case_ref sender turn",
    },
    "national.NationalDuplicate": {_CODED: "stands", _TECH: "id case_ref event_ref sender turn"},
    "national.NationalReport": {
        _CODED: (
            "sector place_kind region event_month date_quality received_month reporter_kind "
            "reporter_category role_towards_event event treatment_phase actual_harm possible_harm severity criterion "
            "forwarded_in_time atc_codes device_codes taxonomy_version"
        ),
        _FREE: "headline story prevention products conclusion learning",
        _TECH: "id sender message_id case_ref schema_version received_at",
    },
    "national.NationalCollective": {
        _CODED: "sector area region month received_month is_addition count forwarded_in_time",
        _FREE: "comment",
        _TECH: "id sender message_id report_ref received_at",
    },
    "national.NationalCode": {_CODED: "code", _TECH: "id report"},
    "national.NationalAuditLine": _AUDIT,
    "national.NationalAuditHead": _HEAD,
}


def privacy_of(model: str) -> dict[str, Privacy]:
    """Field name -> class, for a model's label ("records.Report"). KeyError if the model is undecided."""
    return {field: privacy for privacy, names in FIELDS[model].items() for field in names.split()}
