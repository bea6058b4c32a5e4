package fault

// NoPerson refuses acts of a user whom the tenant does not list as a person.
var NoPerson = register("NO_PERSON", "您的账号未关联本单位人员，请由办公室先行登记", "your user is not linked to a person of this tenant; ask the office to register you first")
